import { testEnvironment } from '@nightshift/testing';
import { gateAlarms } from './gate-alarms';

const targets = {
  loadBalancer: 'app/alb/1',
  targetGroups: { blue: 'targetgroup/blue/1', green: 'targetgroup/green/1' },
};
const alarms = (gates = {}) => gateAlarms(testEnvironment({ gates }).gates, targets);

describe('release gates', () => {
  it('R10.4 use the error rate of the whole load balancer, since its metric continues after the shift', () => {
    const dimensions = { LoadBalancer: 'app/alb/1' };
    expect(alarms()[0]).toMatchObject({
      id: 'FailedRequests',
      qualifier: 'gate-failed-requests',
      watch: {
        expression:
          'IF(FILL(requests, 0) + FILL(unrouted, 0) >= 5, 100 * (FILL(target, 0) + FILL(balancer, 0)) / (FILL(requests, 0) + FILL(unrouted, 0)), 0)',
        metrics: {
          requests: { metricName: 'RequestCount', dimensions, stat: 'Sum' },
          unrouted: { metricName: 'HTTPCode_ELB_503_Count', dimensions, stat: 'Sum' },
          target: { metricName: 'HTTPCode_Target_5XX_Count', dimensions, stat: 'Sum' },
          balancer: { metricName: 'HTTPCode_ELB_5XX_Count', dimensions, stat: 'Sum' },
        },
      },
    });
  });

  it('R10.4 ignore fewer requests than the configured minimum', () => {
    const [{ watch } = {}] = alarms({ failedRequests: { minimumRequests: 40 } });
    expect(watch).toMatchObject({ expression: expect.stringMatching(/^IF\(.* >= 40, /) as string });
  });

  it('R10.4 watch latency only if the environment has a limit for it', () => {
    expect(alarms().map(({ qualifier }) => qualifier)).toEqual([
      'gate-failed-requests',
      'gate-unhealthy-blue',
      'gate-unhealthy-green',
    ]);
    expect(alarms({ targetResponseTime: { threshold: 60 } })[1]).toMatchObject({
      qualifier: 'gate-latency',
      watch: { metricName: 'TargetResponseTime', dimensions: { LoadBalancer: 'app/alb/1' }, stat: 'p95' },
      threshold: 60,
    });
  });

  it('R10.4 watch unhealthy hosts of the blue and the green target group', () => {
    const watch = (colour: string) => ({
      metricName: 'UnHealthyHostCount',
      dimensions: { LoadBalancer: 'app/alb/1', TargetGroup: `targetgroup/${colour}/1` },
      stat: 'Maximum',
    });
    expect(alarms().slice(1)).toMatchObject([
      {
        id: 'UnhealthyHostCountBlue',
        qualifier: 'gate-unhealthy-blue',
        description: 'Tasks in the blue target group fail their health check',
        watch: watch('blue'),
      },
      {
        id: 'UnhealthyHostCountGreen',
        qualifier: 'gate-unhealthy-green',
        description: 'Tasks in the green target group fail their health check',
        watch: watch('green'),
      },
    ]);
  });

  it('R10.4 fire within minutes', () => {
    const pick = alarms({ targetResponseTime: {} }).map((one) => [
      one.threshold,
      one.periodSeconds,
      one.datapointsToAlarm,
      one.evaluationPeriods,
    ]);
    expect(pick).toEqual([
      [5, 60, 2, 3],
      [2, 60, 2, 3],
      [0, 60, 3, 3],
      [0, 60, 3, 3],
    ]);
  });

  it('R12.5 take thresholds and timing from the environment', () => {
    const timing = { threshold: 7, periodSeconds: 120, evaluationPeriods: 4, datapointsToAlarm: 3 };
    const all = alarms({ failedRequests: timing, targetResponseTime: timing, unhealthyHostCount: timing });
    expect(all).toHaveLength(4);
    all.forEach((one) => expect(one).toMatchObject(timing));
  });

  it('stay within the ten alarms of a deployment group', () => {
    expect(alarms({ targetResponseTime: {} }).length).toBeLessThanOrEqual(10);
  });
});
