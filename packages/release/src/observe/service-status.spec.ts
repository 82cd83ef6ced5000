import { FakeTerminal } from '@nightshift/console/testing';
import { serviceStatus as serviceStatusSchema } from '../snapshot';
import { BLUE_GROUP, digestOf, GREEN_GROUP, REPOSITORY, revisionArn, taskArn, taskSet } from '../testing/fake-ecs';
import { FakePlatform } from '../testing/fake-platform';
import { recordFixture } from '../testing/record-fixture';
import { otherDeployment, serviceStatus } from './service-status';
import { suspendedParts } from './status-problems';

const LISTENER = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/alb-test/1/2';

let platform: FakePlatform;

beforeEach(() => {
  platform = new FakePlatform();
  platform.scaling = {};
});

const status = async () => await serviceStatus(platform.context);

const problems = async () =>
  (await status()).problems.map(({ severity, what, todo }) => `${severity}: ${what} - ${todo}`);

/** Traffic is stuck between two task sets, and no deployment is in progress. */
function stuck(): void {
  platform.ecs.service!.taskSets!.push({ ...taskSet('ecs-svc/2', 'ACTIVE', revisionArn(2), GREEN_GROUP) });
  platform.ecs.register({
    containerDefinitions: [{ name: 'batch-processor', image: `${REPOSITORY}@${digestOf('2b')}` }],
  });
  platform.health.set(GREEN_GROUP, ['healthy', 'unhealthy', 'draining']);
  const TargetGroups = [
    { TargetGroupArn: BLUE_GROUP, Weight: 60 },
    { TargetGroupArn: GREEN_GROUP, Weight: 40 },
  ];
  platform.actions = [{ Type: 'forward', ForwardConfig: { TargetGroups } }];
}

describe('serviceStatus', () => {
  it('describes a service in order', async () => {
    expect(await status()).toMatchObject({
      version: {
        name: 'initial',
        taskDefinition: 'ecs-task-test:1',
        registeredBy: 'Terraform',
      },
      desired: 3,
      taskSets: [{ label: 'blue', id: 'ecs-svc/1', version: 'initial', targetGroup: 'tg-blue-test', healthy: 3 }],
      targetGroups: [{ name: 'tg-blue-test', trafficPercent: 100, healthy: 3, unhealthy: 0, draining: 0 }],
      gates: [{ name: 'alarm-gate-5xx-test', state: 'OK' }, { name: 'alarm-gate-latency-test' }],
      scaling: { minimum: 3, maximum: 10, suspended: {} },
      images: { mark: 'OK', detail: 'initial' },
      problems: [],
    });
    const terminal = new FakeTerminal();
    terminal.stdout.json(serviceStatusSchema, await status());
    expect(terminal.printed.stdout).toContain('"version":{"name":"initial"');
  });

  it('reports traffic that does not go to the primary task set, and surplus tasks (exit code 11)', async () => {
    stuck();
    expect(await status()).toMatchObject({
      targetGroups: [
        { name: 'tg-blue-test', trafficPercent: 60 },
        { name: 'tg-green-test', trafficPercent: 40, healthy: 1, unhealthy: 1, draining: 1 },
      ],
    });
    expect(await problems()).toEqual([
      `act: 40 % of the traffic goes to tg-green-test, which is not the target group of the primary task set, and no release is in progress - return all traffic to tg-blue-test (healthy targets: 3): aws elbv2 modify-listener --listener-arn ${LISTENER} --default-actions Type=forward,TargetGroupArn=${BLUE_GROUP} --region us-east-1`,
      'act: 3 tasks of 1.4.2 (task set ecs-svc/2, tg-green-test) run beside the primary task set, and no release is in progress - remove them after the traffic has returned: aws ecs delete-task-set --cluster ecs-cluster-test --service ecs-service-test --task-set ecs-svc/2 --force --region us-east-1',
    ]);
    platform.actions = [{ Type: 'forward', TargetGroupArn: BLUE_GROUP }];
    expect(await problems()).toEqual([
      'act: 3 tasks of 1.4.2 (task set ecs-svc/2, tg-green-test) run beside the primary task set, and no release is in progress - remove them: aws ecs delete-task-set --cluster ecs-cluster-test --service ecs-service-test --task-set ecs-svc/2 --force --region us-east-1',
    ]);
  });

  it('suggests to return traffic to healthy tasks, otherwise to the primary task set', async () => {
    stuck();
    platform.health.set(BLUE_GROUP, ['unhealthy']);
    const [traffic] = await problems();
    expect(traffic).toContain(' - return all traffic to tg-green-test (healthy targets: 1): ');
    platform.health.set(GREEN_GROUP, []);
    expect((await problems())[0]).toContain('return all traffic to tg-blue-test (healthy targets: 0): ');
    platform.ecs.service!.taskSets![0]!.loadBalancers = [];
    platform.health.set(GREEN_GROUP, ['healthy']);
    expect((await problems())[0]).toContain('return all traffic to tg-green-test ');
  });

  it('does not report such a state during a deployment', async () => {
    stuck();
    platform.codedeploy.add({ status: 'InProgress' });
    expect(await status()).toMatchObject({ deploymentId: 'd-1', problems: [] });
  });

  it('warns of risks to the service', async () => {
    platform.scaling = { DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true };
    platform.ecr.images = [];
    platform.alarms[0] = { ...platform.alarms[0], StateValue: 'ALARM', StateReason: '1 datapoint' };
    platform.alarms[1] = { ...platform.alarms[1], StateValue: 'ALARM' };
    platform.health.set(BLUE_GROUP, ['healthy']);
    expect(suspendedParts((await status()).scaling)).toEqual(['scale-in', 'scale-out']);
    expect(await problems()).toEqual([
      'warning: auto-scaling of the service is suspended (scale-in, scale-out), and no release is in progress - if nobody suspended it on purpose, resume it: aws application-autoscaling register-scalable-target --service-namespace ecs --scalable-dimension ecs:service:DesiredCount --resource-id service/ecs-cluster-test/ecs-service-test --suspended-state DynamicScalingInSuspended=false,DynamicScalingOutSuspended=false --region us-east-1',
      'warning: 1 of 3 tasks of the primary task set are healthy - read their logs: npx nightshift logs -c test',
      'warning: image initial, which runs now, is not in the repository: ECS cannot replace its tasks - push the same image again, or release another one: npx nx run compute:release -c test --image <tag>',
      'warning: alarm-gate-5xx-test is in ALARM: 1 datapoint - find the cause, since CodeDeploy refuses a release while it lasts: aws cloudwatch describe-alarm-history --alarm-name alarm-gate-5xx-test --region us-east-1',
      'warning: alarm-gate-latency-test is in ALARM - find the cause, since CodeDeploy refuses a release while it lasts: aws cloudwatch describe-alarm-history --alarm-name alarm-gate-latency-test --region us-east-1',
    ]);
  });

  it('reports why tasks are not healthy', async () => {
    platform.health.set(BLUE_GROUP, []);
    platform.ecs.service!.events = [{ createdAt: platform.clock.now(), message: 'was unable to place a task' }];
    expect((await problems())[0]).toContain(
      '0 of 3 tasks of the primary task set are healthy: was unable to place a task - ',
    );
    platform.ecs.tasks = [
      {
        taskArn: taskArn('a'),
        taskDefinitionArn: revisionArn(1),
        desiredStatus: 'STOPPED',
        lastStatus: 'STOPPED',
        stoppedReason: 'Essential container in task exited',
      },
    ];
    expect((await problems())[0]).toContain('are healthy: Essential container in task exited - ');
  });

  it('suggests commands for the local cloud in a local environment', async () => {
    stuck();
    const { context } = platform;
    const environment = { ...context.target.environment, cloud: 'local' as const };
    const { problems: found } = await serviceStatus({ ...context, target: { ...context.target, environment } });
    expect(found[0]?.todo).toContain(': npx nightshift local exec -- aws elbv2 modify-listener ');
  });

  it('names the client that registered the revision, and accepts a service without auto-scaling', async () => {
    platform.scaling = undefined;
    expect(await status()).toMatchObject({ scaling: undefined });
    const image = [{ name: 'batch-processor', image: `${REPOSITORY}@${digestOf('2b')}` }];
    platform.ecs.register({ containerDefinitions: image });
    platform.ecs.service!.taskSets![0]!.taskDefinition = revisionArn(2);
    expect((await status()).version).toMatchObject({ name: '1.4.2', registeredBy: 'another client' });
    platform.ecs.register({ containerDefinitions: image }, [{ key: 'ReleasedBy', value: 'nightshift' }]);
    platform.ecs.service!.taskSets![0]!.taskDefinition = revisionArn(3);
    expect((await status()).version).toMatchObject({ registeredBy: 'a release' });
    platform.withoutSuspendedState = true;
    platform.scaling = {};
    expect((await status()).scaling).toEqual({ minimum: 0, maximum: 0, suspended: {} });
    delete platform.ecs.service!.desiredCount;
    expect((await status()).desired).toBe(0);
  });

  it('returns the newest deployment if it belongs to no release', async () => {
    const key = 'test/releases/1-r1.json';
    platform.bucket.put('test/releases/latest.json', { key });
    platform.bucket.put(key, recordFixture({ deploymentId: 'd-1', outcome: 'rolled-back' }));
    platform.codedeploy.add({ status: 'Failed' });
    platform.codedeploy.add({
      status: 'Succeeded',
      creator: 'codeDeployRollback',
      rollbackInfo: { rollbackTriggeringDeploymentId: 'd-1' },
    });
    platform.codedeploy.add({ status: 'Succeeded', creator: 'user', description: 'by hand' });
    const last = async (deploymentId?: string) => {
      platform.codedeploy.group!.lastAttemptedDeployment = { deploymentId };
      return (await status()).otherDeployment;
    };
    expect(await last()).toBeUndefined();
    expect(await last('d-1')).toBeUndefined();
    expect(await last('d-2')).toBeUndefined();
    expect(await last('d-3')).toEqual({
      deploymentId: 'd-3',
      status: 'Succeeded',
      creator: 'user',
      description: 'by hand',
    });
    platform.bucket.objects.delete(key);
    expect(await last('d-1')).toEqual({ deploymentId: 'd-1', status: 'Failed' });
    expect(await last('d-2')).toEqual({ deploymentId: 'd-1', status: 'Failed' });
    expect(await otherDeployment(platform.context)).toEqual({ deploymentId: 'd-1', status: 'Failed' });
  });
});
