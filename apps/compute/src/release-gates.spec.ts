import { synthCompute } from './compute-stack.fixture';

const stack = synthCompute({ gates: { targetResponseTime: { threshold: 60 } } });
const gate = (id: string) => stack.resource('aws_cloudwatch_metric_alarm', `Gates/${id}`);
const loadBalancer = stack.reference('aws_lb', 'LoadBalancer/Resource', 'arn_suffix');

describe('release gates', () => {
  it.each([
    ['FailedRequests', 'gate-failed-requests', 5],
    ['TargetResponseTime', 'gate-latency', 60],
    ['UnhealthyHostCountBlue', 'gate-unhealthy-blue', 0],
    ['UnhealthyHostCountGreen', 'gate-unhealthy-green', 0],
  ])('R10.4 fire above the threshold, and not on missing data: %s', (id, qualifier, threshold) => {
    expect(gate(id)).toMatchObject({
      alarm_name: `alarm-${qualifier}-test`,
      comparison_operator: 'GreaterThanThreshold',
      threshold,
      treat_missing_data: 'notBreaching',
    });
  });

  it('R10.4 compute the error rate from the sums of the load balancer', () => {
    const { metric_query: queries, ...others } = gate('FailedRequests');
    expect(others).toMatchObject({ evaluation_periods: 3, datapoints_to_alarm: 2 });
    expect(others).not.toHaveProperty('period');
    expect(queries).toMatchObject([
      { id: 'result', label: 'Failed requests (%)', return_data: true },
      ...['RequestCount', 'HTTPCode_ELB_503_Count', 'HTTPCode_Target_5XX_Count', 'HTTPCode_ELB_5XX_Count'].map(
        (metric_name) => ({
          metric: {
            namespace: 'AWS/ApplicationELB',
            metric_name,
            dimensions: { LoadBalancer: loadBalancer },
            period: 60,
            stat: 'Sum',
          },
        }),
      ),
    ]);
  });

  it('R10.4 use a percentile of the response time if there are enough samples', () => {
    expect(gate('TargetResponseTime')).toMatchObject({
      namespace: 'AWS/ApplicationELB',
      metric_name: 'TargetResponseTime',
      dimensions: { LoadBalancer: loadBalancer },
      period: 60,
      extended_statistic: 'p95',
      evaluate_low_sample_count_percentiles: 'ignore',
    });
  });

  it.each(['Blue', 'Green'])('R10.4 use the maximum of the unhealthy hosts of %s', (colour) => {
    expect(gate(`UnhealthyHostCount${colour}`)).toMatchObject({
      namespace: 'AWS/ApplicationELB',
      metric_name: 'UnHealthyHostCount',
      statistic: 'Maximum',
      period: 60,
      dimensions: {
        LoadBalancer: loadBalancer,
        TargetGroup: stack.reference('aws_lb_target_group', `TargetGroups/${colour}`, 'arn_suffix'),
      },
    });
  });
});
