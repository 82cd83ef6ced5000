import type { Environment } from '@nightshift/config';
import type { Metric } from './metric';
import type { ServiceMetrics } from './service-metrics';

/** An alarm that tells people. */
export interface AlarmDefinition extends Timing {
  /** Its id in the construct tree. */
  readonly id: string;
  /** Its part of the alarm's name. */
  readonly qualifier: string;
  /** What has happened, for the person who gets the message. */
  readonly description: string;
  /** One series, or an expression over several by their ids in it. */
  readonly watch: Metric | Expression;
  readonly comparison: 'GreaterThanThreshold' | 'GreaterThanOrEqualToThreshold';
  /** What a period without data means: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html */
  readonly missingData: 'breaching' | 'notBreaching' | 'missing';
}

export interface Expression {
  readonly expression: string;
  readonly label: string;
  readonly metrics: Readonly<Record<string, Metric>>;
}

interface Timing {
  readonly threshold: number;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
}

/** The alarms of R12.1 to R12.3, with the thresholds and the timing of the environment (R12.5). */
export function alarmDefinitions({ alarms, scaling }: Environment, metrics: ServiceMetrics): AlarmDefinition[] {
  const above = 'GreaterThanThreshold';
  return [
    // AWS has no UnhealthyTaskCount. It is two things, and so two alarms: tasks that are not there, and tasks that are but fail.
    {
      id: 'MissingTasks',
      qualifier: 'unhealthy-task-count-missing',
      description: 'UnhealthyTaskCount: fewer tasks run than are desired',
      watch: {
        expression: 'IF(desired > running, desired - running, 0)',
        label: 'Missing tasks',
        metrics: { desired: { ...metrics.desiredTasks, stat: 'Average' }, running: metrics.runningTasks },
      },
      ...timing(alarms.unhealthyTaskCount),
      comparison: above,
      // Container Insights reports every minute, even for no tasks: without it nobody would know. The other alarms need not repeat it.
      missingData: 'breaching',
    },
    {
      id: 'FailingTasks',
      qualifier: 'unhealthy-task-count-failing',
      description: 'UnhealthyTaskCount: tasks fail the health check of their container',
      watch: metrics.unhealthyContainers,
      ...timing(alarms.unhealthyTaskCount),
      comparison: above,
      // No container, no data; the alarm on missing tasks tells that.
      missingData: 'notBreaching',
    },
    {
      id: 'CpuUtilization',
      qualifier: 'cpu-utilization',
      description: 'CPUUtilization of the service is high; scaling out does not keep up',
      watch: metrics.cpuUtilization,
      ...timing(alarms.cpuUtilization),
      comparison: above,
      // Without data the state says so (INSUFFICIENT_DATA): neither high nor fine.
      missingData: 'missing',
    },
    {
      id: 'MemoryUtilization',
      qualifier: 'memory-utilization',
      description: 'MemoryUtilization of the service is high; at 100 % tasks are killed',
      watch: metrics.memoryUtilization,
      ...timing(alarms.memoryUtilization),
      comparison: above,
      missingData: 'missing',
    },
    // Either group may carry the traffic, so both are watched. The idle one has no data.
    ...(['blue', 'green'] as const).map(
      (colour) =>
        ({
          id: `UnhealthyHostCount${colour === 'blue' ? 'Blue' : 'Green'}`,
          qualifier: `unhealthy-host-count-${colour}`,
          description: `UnHealthyHostCount: tasks in the ${colour} target group fail the health check of the load balancer`,
          watch: metrics.unhealthyHosts[colour],
          ...timing(alarms.unhealthyHostCount),
          comparison: above,
          missingData: 'notBreaching',
        }) as const,
    ),
    {
      id: 'TargetResponseTime',
      qualifier: 'target-response-time',
      description: 'TargetResponseTime: the slowest 5 % of the answers are too slow',
      watch: metrics.responseTime,
      ...timing(alarms.targetResponseTime),
      comparison: above,
      // No requests, no data.
      missingData: 'notBreaching',
    },
    {
      id: 'Target5xxCount',
      qualifier: 'target-5xx-count',
      description: 'HTTPCode_Target_5XX_Count: tasks answer with server errors',
      watch: metrics.target5xx,
      ...timing(alarms.target5xxCount),
      comparison: above,
      // Reported only when there are errors.
      missingData: 'notBreaching',
    },
    {
      id: 'LoadBalancer5xxCount',
      qualifier: 'load-balancer-5xx-count',
      description:
        'HTTPCode_ELB_5XX_Count: the load balancer answers with server errors, as no task is healthy, a task breaks off, or an answer takes too long',
      watch: metrics.loadBalancer5xx,
      ...timing(alarms.loadBalancer5xxCount),
      comparison: above,
      // Reported only when there are errors.
      missingData: 'notBreaching',
    },
    {
      id: 'ScalingAtMaximum',
      qualifier: 'scaling-at-maximum',
      description: `Auto-scaling is at its maximum of ${scaling.maximum} tasks and cannot add more`,
      watch: metrics.desiredTasks,
      threshold: scaling.maximum,
      periodSeconds: 60,
      evaluationPeriods: alarms.scalingAtMaximum.evaluationMinutes,
      datapointsToAlarm: alarms.scalingAtMaximum.evaluationMinutes,
      comparison: 'GreaterThanOrEqualToThreshold',
      // Not seen is not at its maximum; the alarm on missing tasks tells that nothing is seen.
      missingData: 'notBreaching',
    },
  ];
}

function timing({ threshold, periodSeconds, evaluationPeriods, datapointsToAlarm }: Timing): Timing {
  return { threshold, periodSeconds, evaluationPeriods, datapointsToAlarm };
}
