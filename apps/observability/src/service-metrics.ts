import type { ComputeOutputs } from '@nightshift/compute';
import type { Metric } from '@nightshift/stack';

/** The metrics of alarms and dashboard. */
export interface ServiceMetrics {
  readonly cpuUtilization: Metric;
  readonly memoryUtilization: Metric;
  readonly desiredTasks: Metric;
  readonly runningTasks: Metric;
  readonly pendingTasks: Metric;
  readonly unhealthyContainers: Metric;
  readonly requests: Metric;
  readonly target5xx: Metric;
  readonly loadBalancer5xx: Metric;
  /** At the 95th percentile. */
  readonly responseTime: Metric;
  readonly healthyHosts: Readonly<Record<'blue' | 'green', Metric>>;
  readonly unhealthyHosts: Readonly<Record<'blue' | 'green', Metric>>;
}

/**
 * Sources: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html (AWS/ECS),
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-enhanced-observability-metrics-ECS.html,
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html (AWS/ApplicationELB).
 * Requests, errors and latency use metrics of the whole load balancer, which continue when target groups change; host counts exist per
 * target group only.
 */
export function serviceMetrics(compute: ComputeOutputs, containerName: string): ServiceMetrics {
  const service = { ClusterName: compute.cluster_name, ServiceName: compute.service_name };
  const ecs = (metricName: string, stat: string): Metric => ({
    namespace: 'AWS/ECS',
    metricName,
    dimensions: service,
    stat,
  });
  const insights = (metricName: string, stat: string, dimensions: Metric['dimensions'] = service): Metric => ({
    namespace: 'ECS/ContainerInsights',
    metricName,
    dimensions,
    stat,
  });
  const balancer = (metricName: string, stat: string, targetGroup?: string): Metric => ({
    namespace: 'AWS/ApplicationELB',
    metricName,
    dimensions: {
      LoadBalancer: compute.load_balancer,
      ...(targetGroup !== undefined && { TargetGroup: targetGroup }),
    },
    stat,
  });
  const hosts = (metricName: string, stat: string) => ({
    blue: balancer(metricName, stat, compute.target_group_blue),
    green: balancer(metricName, stat, compute.target_group_green),
  });

  return {
    cpuUtilization: ecs('CPUUtilization', 'Average'),
    memoryUtilization: ecs('MemoryUtilization', 'Average'),
    desiredTasks: insights('DesiredTaskCount', 'Maximum'),
    runningTasks: insights('RunningTaskCount', 'Average'),
    pendingTasks: insights('PendingTaskCount', 'Average'),
    // 1 per minute for each container that fails its check; a task has one container, so the sum is the number of tasks.
    unhealthyContainers: insights('UnHealthyContainerHealthStatus', 'Sum', {
      ...service,
      ContainerName: containerName,
    }),
    requests: balancer('RequestCount', 'Sum'),
    target5xx: balancer('HTTPCode_Target_5XX_Count', 'Sum'),
    loadBalancer5xx: balancer('HTTPCode_ELB_5XX_Count', 'Sum'),
    responseTime: balancer('TargetResponseTime', 'p95'),
    healthyHosts: hosts('HealthyHostCount', 'Minimum'),
    unhealthyHosts: hosts('UnHealthyHostCount', 'Maximum'),
  };
}
