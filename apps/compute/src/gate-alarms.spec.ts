import { testEnvironment } from '@nightshift/testing';
import { gateAlarms } from './gate-alarms';

const targets = {
  loadBalancer: 'app/alb/1',
  targetGroups: { blue: 'targetgroup/blue/1', green: 'targetgroup/green/1' },
};
const alarms = (gates = {}) => gateAlarms(testEnvironment({ gates }).gates, targets);

describe('release gates', () => {
  it('R10.4 watch server errors and latency of the whole load balancer, so that the series outlive the shift', () => {
    expect(alarms().slice(0, 2)).toMatchObject([
      {
        qualifier: 'gate-5xx',
        metricName: 'HTTPCode_Target_5XX_Count',
        dimensions: { LoadBalancer: 'app/alb/1' },
        stat: { statistic: 'Sum' },
      },
      {
        qualifier: 'gate-latency',
        metricName: 'TargetResponseTime',
        dimensions: { LoadBalancer: 'app/alb/1' },
        stat: { extendedStatistic: 'p95' },
      },
    ]);
    expect(alarms().map(({ dimensions }) => Object.keys(dimensions).length)).toEqual([1, 1, 2, 2]);
  });

  it('R10.4 watch unhealthy hosts of blue and of green: either may be the new version', () => {
    expect(alarms().slice(2)).toMatchObject([
      {
        id: 'UnhealthyHostCountBlue',
        qualifier: 'gate-unhealthy-blue',
        description: 'Tasks in the blue target group fail their health check',
        metricName: 'UnHealthyHostCount',
        dimensions: { LoadBalancer: 'app/alb/1', TargetGroup: 'targetgroup/blue/1' },
        stat: { statistic: 'Maximum' },
      },
      {
        id: 'UnhealthyHostCountGreen',
        qualifier: 'gate-unhealthy-green',
        description: 'Tasks in the green target group fail their health check',
        metricName: 'UnHealthyHostCount',
        dimensions: { LoadBalancer: 'app/alb/1', TargetGroup: 'targetgroup/green/1' },
        stat: { statistic: 'Maximum' },
      },
    ]);
  });

  it('R10.4 answer within minutes', () => {
    const pick = alarms().map((one) => [
      one.threshold,
      one.periodSeconds,
      one.datapointsToAlarm,
      one.evaluationPeriods,
    ]);
    expect(pick).toEqual([
      [10, 60, 1, 2],
      [2, 60, 2, 3],
      [0, 60, 3, 3],
      [0, 60, 3, 3],
    ]);
  });

  it('R12.5 take thresholds and timing from the environment', () => {
    const timing = { threshold: 5, periodSeconds: 120, evaluationPeriods: 4, datapointsToAlarm: 3 };
    const all = alarms({ target5xxCount: timing, targetResponseTime: timing, unhealthyHostCount: timing });
    expect(all).toHaveLength(4);
    all.forEach((one) => expect(one).toMatchObject(timing));
  });

  it('fit into a deployment group, which takes ten alarms', () => {
    expect(alarms().length).toBeLessThanOrEqual(10);
  });
});
