import type { Environment } from '@nightshift/config';
import {
  type AlarmDefinition,
  alarmTiming,
  type AlarmTiming,
  type Metric,
  type MetricExpression,
} from '@nightshift/stack';

/** The resources of the release gates, by ARN suffix as in CloudWatch dimensions. */
export interface GateTargets {
  readonly loadBalancer: string;
  /** By the colour in alarm names. */
  readonly targetGroups: Readonly<Record<'blue' | 'green', string>>;
}

/**
 * The alarms that stop and roll back a release (R10.4): they fire only if the new version is bad. Errors and latency use metrics of the
 * whole load balancer, since those of one target group would end with the shift; unhealthy hosts have metrics per target group only.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function gateAlarms(
  gates: Environment['gates'],
  { loadBalancer, targetGroups }: GateTargets,
): AlarmDefinition[] {
  const { failedRequests, targetResponseTime, unhealthyHostCount } = gates;
  return [
    {
      id: 'FailedRequests',
      qualifier: 'gate-failed-requests',
      description:
        'Too many requests fail: the version behind the load balancer, or the load balancer for it, answers with server errors',
      watch: failedShare(loadBalancer, failedRequests.minimumRequests),
      ...gate(failedRequests),
    },
    ...(targetResponseTime
      ? [
          {
            id: 'TargetResponseTime',
            qualifier: 'gate-latency',
            description: 'The version behind the load balancer answers slowly (95th percentile)',
            watch: series('TargetResponseTime', { LoadBalancer: loadBalancer }, 'p95'),
            ...gate(targetResponseTime),
          },
        ]
      : []),
    ...(['blue', 'green'] as const).map((colour) => ({
      id: `UnhealthyHostCount${colour === 'blue' ? 'Blue' : 'Green'}`,
      qualifier: `gate-unhealthy-${colour}`,
      description: `Tasks in the ${colour} target group fail their health check`,
      watch: series('UnHealthyHostCount', { LoadBalancer: loadBalancer, TargetGroup: targetGroups[colour] }, 'Maximum'),
      ...gate(unhealthyHostCount),
    })),
  ];
}

/**
 * The share of failed requests in percent. `RequestCount` excludes requests without a target, which the load balancer answers with 503. A
 * metric without data counts as 0: CloudWatch has no datapoints without events.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
function failedShare(loadBalancer: string, minimumRequests: number): MetricExpression {
  const sum = (metricName: string) => series(metricName, { LoadBalancer: loadBalancer }, 'Sum');
  const failed = 'FILL(target, 0) + FILL(balancer, 0)';
  const all = 'FILL(requests, 0) + FILL(unrouted, 0)';
  return {
    expression: `IF(${all} >= ${minimumRequests}, 100 * (${failed}) / (${all}), 0)`,
    label: 'Failed requests (%)',
    metrics: {
      requests: sum('RequestCount'),
      unrouted: sum('HTTPCode_ELB_503_Count'),
      target: sum('HTTPCode_Target_5XX_Count'),
      balancer: sum('HTTPCode_ELB_5XX_Count'),
    },
  };
}

function series(metricName: string, dimensions: Metric['dimensions'], stat: string): Metric {
  return { namespace: 'AWS/ApplicationELB', metricName, dimensions, stat };
}

/** Missing data is not breaching: without requests there are no errors, and the inactive target group has no hosts. */
function gate(timing: AlarmTiming): AlarmTiming & Pick<AlarmDefinition, 'comparison' | 'missingData'> {
  return { ...alarmTiming(timing), comparison: 'GreaterThanThreshold', missingData: 'notBreaching' };
}
