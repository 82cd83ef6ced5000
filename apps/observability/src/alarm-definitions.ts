import type { Environment } from '@nightshift/config';
import { type AlarmDefinition, alarmTiming } from '@nightshift/stack';
import type { ServiceMetrics } from './service-metrics';

/** The alarms of R12.1 to R12.3, with the thresholds and the timing of the environment (R12.5). */
export function alarmDefinitions({ alarms, scaling }: Environment, metrics: ServiceMetrics): AlarmDefinition[] {
  const above = 'GreaterThanThreshold';
  return [
    // AWS has no metric UnhealthyTaskCount, so there are two alarms: missing tasks, and tasks that fail their health check.
    {
      id: 'MissingTasks',
      qualifier: 'unhealthy-task-count-missing',
      description: 'UnhealthyTaskCount: fewer tasks run than are desired',
      watch: {
        expression: 'IF(desired > running, desired - running, 0)',
        label: 'Missing tasks',
        metrics: { desired: { ...metrics.desiredTasks, stat: 'Average' }, running: metrics.runningTasks },
      },
      ...alarmTiming(alarms.unhealthyTaskCount),
      comparison: above,
      // Container Insights reports every minute, even without tasks, so missing data is an error. The other alarms need not repeat it.
      missingData: 'breaching',
    },
    {
      id: 'FailingTasks',
      qualifier: 'unhealthy-task-count-failing',
      description: 'UnhealthyTaskCount: tasks fail the health check of their container',
      watch: metrics.unhealthyContainers,
      ...alarmTiming(alarms.unhealthyTaskCount),
      comparison: above,
      // Without containers there is no data, which the alarm on missing tasks reports.
      missingData: 'notBreaching',
    },
    {
      id: 'CpuUtilization',
      qualifier: 'cpu-utilization',
      description: 'CPUUtilization of the service is high; scaling out does not keep up',
      watch: metrics.cpuUtilization,
      ...alarmTiming(alarms.cpuUtilization),
      comparison: above,
      // Missing data is INSUFFICIENT_DATA.
      missingData: 'missing',
    },
    {
      id: 'MemoryUtilization',
      qualifier: 'memory-utilization',
      description: 'MemoryUtilization of the service is high; at 100 % tasks are killed',
      watch: metrics.memoryUtilization,
      ...alarmTiming(alarms.memoryUtilization),
      comparison: above,
      missingData: 'missing',
    },
    // Either target group can have the traffic, so both have alarms. The idle one has no data.
    ...(['blue', 'green'] as const).map(
      (colour) =>
        ({
          id: `UnhealthyHostCount${colour === 'blue' ? 'Blue' : 'Green'}`,
          qualifier: `unhealthy-host-count-${colour}`,
          description: `UnHealthyHostCount: tasks in the ${colour} target group fail the health check of the load balancer`,
          watch: metrics.unhealthyHosts[colour],
          ...alarmTiming(alarms.unhealthyHostCount),
          comparison: above,
          missingData: 'notBreaching',
        }) as const,
    ),
    {
      id: 'TargetResponseTime',
      qualifier: 'target-response-time',
      description: 'TargetResponseTime: the slowest 5 % of the answers are too slow',
      watch: metrics.responseTime,
      ...alarmTiming(alarms.targetResponseTime),
      comparison: above,
      // Without requests there is no data.
      missingData: 'notBreaching',
    },
    {
      id: 'Target5xxCount',
      qualifier: 'target-5xx-count',
      description: 'HTTPCode_Target_5XX_Count: tasks answer with server errors',
      watch: metrics.target5xx,
      ...alarmTiming(alarms.target5xxCount),
      comparison: above,
      // The metric has data only with errors.
      missingData: 'notBreaching',
    },
    {
      id: 'LoadBalancer5xxCount',
      qualifier: 'load-balancer-5xx-count',
      description:
        'HTTPCode_ELB_5XX_Count: the load balancer answers with server errors, as no task is healthy, a task breaks off, or an answer takes too long',
      watch: metrics.loadBalancer5xx,
      ...alarmTiming(alarms.loadBalancer5xxCount),
      comparison: above,
      // The metric has data only with errors.
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
      // Missing data does not mean the maximum; the alarm on missing tasks reports it.
      missingData: 'notBreaching',
    },
  ];
}
