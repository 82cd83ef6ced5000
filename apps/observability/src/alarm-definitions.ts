import type { Environment } from '@nightshift/config';
import { type AlarmDefinition, alarmTiming } from '@nightshift/stack';
import type { ServiceMetrics } from './service-metrics';

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
      ...alarmTiming(alarms.unhealthyTaskCount),
      comparison: above,
      // Container Insights reports every minute, even for no tasks: without it nobody would know. The other alarms need not repeat it.
      missingData: 'breaching',
    },
    {
      id: 'FailingTasks',
      qualifier: 'unhealthy-task-count-failing',
      description: 'UnhealthyTaskCount: tasks fail the health check of their container',
      watch: metrics.unhealthyContainers,
      ...alarmTiming(alarms.unhealthyTaskCount),
      comparison: above,
      // No container, no data; the alarm on missing tasks tells that.
      missingData: 'notBreaching',
    },
    {
      id: 'CpuUtilization',
      qualifier: 'cpu-utilization',
      description: 'CPUUtilization of the service is high; scaling out does not keep up',
      watch: metrics.cpuUtilization,
      ...alarmTiming(alarms.cpuUtilization),
      comparison: above,
      // Without data the state says so (INSUFFICIENT_DATA): neither high nor fine.
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
    // Either group may carry the traffic, so both are watched. The idle one has no data.
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
      // No requests, no data.
      missingData: 'notBreaching',
    },
    {
      id: 'Target5xxCount',
      qualifier: 'target-5xx-count',
      description: 'HTTPCode_Target_5XX_Count: tasks answer with server errors',
      watch: metrics.target5xx,
      ...alarmTiming(alarms.target5xxCount),
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
      ...alarmTiming(alarms.loadBalancer5xxCount),
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
