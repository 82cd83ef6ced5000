import type { Environment } from '@nightshift/config';

/** What the release gates watch: dimensions of CloudWatch, so ARN suffixes, not ARNs. */
export interface GateTargets {
  readonly loadBalancer: string;
  /** By the name of the target group in alarm names. */
  readonly targetGroups: Readonly<Record<'blue' | 'green', string>>;
}

interface Timing {
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
}

/** One alarm on the load balancer. */
export interface GateAlarm extends Timing {
  /** Its id in the construct tree. */
  readonly id: string;
  /** Its part of the alarm's name. */
  readonly qualifier: string;
  readonly description: string;
  readonly watch: GateMetric | GateExpression;
}

/** One series of `AWS/ApplicationELB`. */
export interface GateMetric {
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** A plain statistic, or a percentile. */
  readonly stat: string;
}

/** A value computed from several series, by their ids in the expression. */
export interface GateExpression {
  readonly expression: string;
  readonly label: string;
  readonly metrics: Readonly<Record<string, GateMetric>>;
}

/**
 * The alarms that stop and roll back a release (R10.4): what can only mean that the new version is bad. Errors and latency are of
 * the whole load balancer, as one target group's series would end with the swap; unhealthy hosts are of either group, as there is
 * no such series without one.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function gateAlarms(gates: Environment['gates'], { loadBalancer, targetGroups }: GateTargets): GateAlarm[] {
  const { failedRequests, targetResponseTime, unhealthyHostCount } = gates;
  return [
    {
      id: 'FailedRequests',
      qualifier: 'gate-failed-requests',
      description:
        'Too many requests fail: the version behind the load balancer, or the load balancer for it, answers with server errors',
      watch: failedShare(loadBalancer, failedRequests.minimumRequests),
      ...timing(failedRequests),
    },
    ...(targetResponseTime
      ? [
          {
            id: 'TargetResponseTime',
            qualifier: 'gate-latency',
            description: 'The version behind the load balancer answers slowly (95th percentile)',
            watch: {
              metricName: 'TargetResponseTime',
              dimensions: { LoadBalancer: loadBalancer },
              stat: 'p95',
            },
            ...timing(targetResponseTime),
          },
        ]
      : []),
    ...(['blue', 'green'] as const).map((colour) => ({
      id: `UnhealthyHostCount${colour === 'blue' ? 'Blue' : 'Green'}`,
      qualifier: `gate-unhealthy-${colour}`,
      description: `Tasks in the ${colour} target group fail their health check`,
      watch: {
        metricName: 'UnHealthyHostCount',
        dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroups[colour] },
        stat: 'Maximum',
      },
      ...timing(unhealthyHostCount),
    })),
  ];
}

/**
 * The share of failed requests in percent. `RequestCount` leaves out the requests for which the load balancer finds no target; it
 * answers these with 503. A metric without data counts as 0: CloudWatch has no datapoint where nothing happened.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
function failedShare(loadBalancer: string, minimumRequests: number): GateExpression {
  const sum = (metricName: string): GateMetric => ({
    metricName,
    dimensions: { LoadBalancer: loadBalancer },
    stat: 'Sum',
  });
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

function timing({ threshold, periodSeconds, evaluationPeriods, datapointsToAlarm }: Timing): Timing {
  return { threshold, periodSeconds, evaluationPeriods, datapointsToAlarm };
}
