import { testEnvironment } from '@nightshift/testing';
import { alarmDefinitions } from './alarm-definitions';
import { computeOutputs } from './compute-outputs.fixture';
import { serviceMetrics } from './service-metrics';

const define = (environment = testEnvironment()) =>
  Object.fromEntries(
    alarmDefinitions(environment, serviceMetrics(computeOutputs(), 'batch-processor')).map((alarm) => [
      alarm.id,
      alarm,
    ]),
  );

describe('alarm definitions', () => {
  const alarms = define();

  it('R12.1 alarm on missing tasks, also without data of Container Insights', () => {
    expect(alarms['MissingTasks']).toMatchObject({
      watch: {
        expression: 'IF(desired > running, desired - running, 0)',
        metrics: {
          desired: { metricName: 'DesiredTaskCount', stat: 'Average' },
          running: { metricName: 'RunningTaskCount', stat: 'Average' },
        },
      },
      threshold: 0,
      comparison: 'GreaterThanThreshold',
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      missingData: 'breaching',
    });
  });

  it('R12.1 alarm on tasks whose container health check fails', () => {
    expect(alarms['FailingTasks']).toMatchObject({
      watch: { metricName: 'UnHealthyContainerHealthStatus' },
      missingData: 'notBreaching',
    });
  });

  it.each(['CpuUtilization', 'MemoryUtilization'])('R12.1 alarm on high %s', (id) => {
    expect(alarms[id]).toMatchObject({
      watch: { metricName: id === 'CpuUtilization' ? 'CPUUtilization' : 'MemoryUtilization' },
      threshold: 85,
      periodSeconds: 60,
      evaluationPeriods: 5,
      missingData: 'missing',
    });
  });

  it('R12.2 watch the unhealthy hosts of both target groups', () => {
    expect([alarms['UnhealthyHostCountBlue']?.watch, alarms['UnhealthyHostCountGreen']?.watch]).toMatchObject([
      { dimensions: { TargetGroup: 'targetgroup/tg-blue-test/2' } },
      { dimensions: { TargetGroup: 'targetgroup/tg-green-test/3' } },
    ]);
  });

  it('R12.2 alarm on slow responses and on server errors', () => {
    expect(alarms['TargetResponseTime']).toMatchObject({ watch: { stat: 'p95' }, threshold: 1 });
    expect(alarms['Target5xxCount']).toMatchObject({
      watch: { metricName: 'HTTPCode_Target_5XX_Count', stat: 'Sum' },
      threshold: 10,
      missingData: 'notBreaching',
    });
  });

  it('R12.2 alarm on server errors that the load balancer itself returns', () => {
    expect(alarms['LoadBalancer5xxCount']).toMatchObject({
      qualifier: 'load-balancer-5xx-count',
      description:
        'HTTPCode_ELB_5XX_Count: the load balancer answers with server errors, as no task is healthy, a task breaks off, or an answer takes too long',
      watch: { metricName: 'HTTPCode_ELB_5XX_Count', stat: 'Sum' },
      threshold: 0,
      evaluationPeriods: 5,
      datapointsToAlarm: 3,
      missingData: 'notBreaching',
    });
  });

  it('R12.3 alarm when auto-scaling stays at its maximum for some minutes', () => {
    expect(alarms['ScalingAtMaximum']).toMatchObject({
      description: 'Auto-scaling is at its maximum of 10 tasks and cannot add more',
      watch: { metricName: 'DesiredTaskCount', stat: 'Maximum' },
      threshold: 10,
      comparison: 'GreaterThanOrEqualToThreshold',
      evaluationPeriods: 5,
      datapointsToAlarm: 5,
    });
  });

  it('R12.5 have the thresholds, periods and evaluation periods of the environment', () => {
    const changed = define(
      testEnvironment({
        alarms: {
          cpuUtilization: { threshold: 60, periodSeconds: 300, evaluationPeriods: 4, datapointsToAlarm: 2 },
          scalingAtMaximum: { evaluationMinutes: 15 },
        },
        scaling: { maximum: 6 },
      }),
    );
    expect(changed['CpuUtilization']).toMatchObject({
      threshold: 60,
      periodSeconds: 300,
      evaluationPeriods: 4,
      datapointsToAlarm: 2,
    });
    expect(changed['ScalingAtMaximum']).toMatchObject({ threshold: 6, evaluationPeriods: 15 });
  });
});
