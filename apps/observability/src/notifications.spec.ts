import { computeOutputs } from './compute-outputs.fixture';
import { notifications } from './notifications';

const all = Object.fromEntries(notifications(computeOutputs()).map((one) => [one.id, one]));
const pattern = (id: string) => all[id]?.pattern;

describe('notifications', () => {
  it('R12.3 report that the service has scaled to its maximum', () => {
    expect(pattern('ScaledToMaximum')).toEqual({
      source: ['aws.application-autoscaling'],
      'detail-type': ['Application Auto Scaling Scaling Activity State Change'],
      detail: {
        serviceNamespace: ['ecs'],
        resourceId: ['service/ecs-cluster-test/ecs-service-test'],
        scalableDimension: ['ecs:service:DesiredCount'],
      },
    });
  });

  it('R12.3 report other scaling by the alarm that triggers it, since AWS has no event for it', () => {
    expect(pattern('ScalingTriggered')).toMatchObject({
      source: ['aws.cloudwatch'],
      detail: {
        alarmName: [{ prefix: 'TargetTracking-service/ecs-cluster-test/ecs-service-test-' }, 'alarm-cpu-low-test'],
        state: { value: ['ALARM'] },
      },
    });
  });

  it('R12.3 report changed task counts and tasks that cannot be placed', () => {
    expect(pattern('ServiceAction')).toMatchObject({
      resources: ['arn:service'],
      detail: {
        eventName: ['SERVICE_DESIRED_COUNT_UPDATED', 'SERVICE_TASK_PLACEMENT_FAILURE', 'SERVICE_TASK_START_IMPAIRED'],
      },
    });
  });

  it('R5.2 report Spot interruptions', () => {
    expect(pattern('SpotInterruption')).toMatchObject({
      detail: { clusterArn: ['arn:cluster'], stopCode: ['SpotInterruption', 'TerminationNotice'] },
    });
  });

  it('R10.4 report releases, and release gates that fire or recover', () => {
    expect(pattern('GateChanged')).toMatchObject({
      resources: ['arn:gate-5xx', 'arn:gate-latency'],
      detail: { state: { value: ['ALARM', 'OK'] } },
    });
    expect(pattern('DeploymentChanged')).toMatchObject({
      source: ['aws.codedeploy'],
      detail: { application: ['codedeploy-app-test'], state: ['START', 'SUCCESS', 'FAILURE', 'STOP'] },
    });
  });

  it.each(Object.values(all))('find every value of the message $id by a path', ({ message }) => {
    const used = [...message.template.matchAll(/<(\w+)>/g)].map(([, name]) => name).sort();
    expect(used).toEqual(Object.keys(message.paths).sort());
  });
});
