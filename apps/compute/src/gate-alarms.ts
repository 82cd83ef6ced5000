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

/** One alarm on a metric of the load balancer. */
export interface GateAlarm extends Timing {
  /** Its id in the construct tree. */
  readonly id: string;
  /** Its part of the alarm's name. */
  readonly qualifier: string;
  readonly description: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  /** A plain statistic, or a percentile. */
  readonly stat: { readonly statistic: string } | { readonly extendedStatistic: string };
}

/**
 * The alarms that stop and roll back a release (R10.4): what can only mean that the new version is bad. Errors and latency are of
 * the whole load balancer, as one target group's series would end with the swap; unhealthy hosts are of either group, as there is
 * no such series without one.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export function gateAlarms(gates: Environment['gates'], { loadBalancer, targetGroups }: GateTargets): GateAlarm[] {
  return [
    {
      id: 'Target5xxCount',
      qualifier: 'gate-5xx',
      description: 'The version behind the load balancer answers with server errors',
      metricName: 'HTTPCode_Target_5XX_Count',
      dimensions: { LoadBalancer: loadBalancer },
      stat: { statistic: 'Sum' },
      ...timing(gates.target5xxCount),
    },
    {
      id: 'TargetResponseTime',
      qualifier: 'gate-latency',
      description: 'The version behind the load balancer answers slowly (95th percentile)',
      metricName: 'TargetResponseTime',
      dimensions: { LoadBalancer: loadBalancer },
      stat: { extendedStatistic: 'p95' },
      ...timing(gates.targetResponseTime),
    },
    ...(['blue', 'green'] as const).map((colour) => ({
      id: `UnhealthyHostCount${colour === 'blue' ? 'Blue' : 'Green'}`,
      qualifier: `gate-unhealthy-${colour}`,
      description: `Tasks in the ${colour} target group fail their health check`,
      metricName: 'UnHealthyHostCount',
      dimensions: { LoadBalancer: loadBalancer, TargetGroup: targetGroups[colour] },
      stat: { statistic: 'Maximum' },
      ...timing(gates.unhealthyHostCount),
    })),
  ];
}

function timing({ threshold, periodSeconds, evaluationPeriods, datapointsToAlarm }: Timing): Timing {
  return { threshold, periodSeconds, evaluationPeriods, datapointsToAlarm };
}
