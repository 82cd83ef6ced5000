import { synthCompute } from './compute-stack.fixture';

const stack = synthCompute();
const gate = (id: string) => stack.resource('aws_cloudwatch_metric_alarm', `Gates/${id}`);
const loadBalancer = stack.reference('aws_lb', 'LoadBalancer/Resource', 'arn_suffix');

describe('release gates', () => {
  it.each([
    ['Target5xxCount', 'gate-5xx', 'HTTPCode_Target_5XX_Count', 10],
    ['TargetResponseTime', 'gate-latency', 'TargetResponseTime', 2],
    ['UnhealthyHostCountBlue', 'gate-unhealthy-blue', 'UnHealthyHostCount', 0],
    ['UnhealthyHostCountGreen', 'gate-unhealthy-green', 'UnHealthyHostCount', 0],
  ])('R10.4 fire above the threshold, and not without data: %s', (id, qualifier, metric, threshold) => {
    expect(gate(id)).toMatchObject({
      alarm_name: `alarm-${qualifier}-test`,
      namespace: 'AWS/ApplicationELB',
      metric_name: metric,
      comparison_operator: 'GreaterThanThreshold',
      threshold,
      period: 60,
      treat_missing_data: 'notBreaching',
    });
  });

  it('R10.4 sum errors, look at the slowest answers, and at the worst moment of the hosts', () => {
    expect(gate('Target5xxCount')).toMatchObject({ statistic: 'Sum', evaluation_periods: 2, datapoints_to_alarm: 1 });
    expect(gate('TargetResponseTime')).toMatchObject({ extended_statistic: 'p95' });
    expect(gate('UnhealthyHostCountBlue')).toMatchObject({ statistic: 'Maximum' });
  });

  it('R10.4 watch the load balancer and both target groups by the ends of their ARNs', () => {
    const group = (colour: string) => stack.reference('aws_lb_target_group', `TargetGroups/${colour}`, 'arn_suffix');
    expect(gate('Target5xxCount')['dimensions']).toEqual({ LoadBalancer: loadBalancer });
    expect(gate('TargetResponseTime')['dimensions']).toEqual({ LoadBalancer: loadBalancer });
    expect(gate('UnhealthyHostCountBlue')['dimensions']).toEqual({
      LoadBalancer: loadBalancer,
      TargetGroup: group('Blue'),
    });
    expect(gate('UnhealthyHostCountGreen')['dimensions']).toEqual({
      LoadBalancer: loadBalancer,
      TargetGroup: group('Green'),
    });
  });
});
