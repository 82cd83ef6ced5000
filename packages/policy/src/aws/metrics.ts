/** The sets of dimensions with which a metric is published. */
type Series = readonly (readonly string[])[];

const SERVICE: Series = [['ClusterName', 'ServiceName']];
const CLUSTER_OR_SERVICE: Series = [['ClusterName'], ...SERVICE];
const BALANCER: Series = [['LoadBalancer'], ['AvailabilityZone', 'LoadBalancer']];
const TARGETS: Series = [
  ['LoadBalancer', 'TargetGroup'],
  ['AvailabilityZone', 'LoadBalancer', 'TargetGroup'],
];

/**
 * Metrics of AWS by namespace and name, with their sets of dimensions. AWS publishes no data for any other name or set of dimensions, so an
 * alarm on it never fires.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-enhanced-observability-metrics-ECS.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export const metrics: Readonly<Record<string, Readonly<Record<string, Series>>>> = {
  'AWS/ECS': { CPUUtilization: CLUSTER_OR_SERVICE, MemoryUtilization: CLUSTER_OR_SERVICE },
  'ECS/ContainerInsights': {
    DesiredTaskCount: SERVICE,
    PendingTaskCount: SERVICE,
    RunningTaskCount: SERVICE,
    UnHealthyContainerHealthStatus: [...SERVICE, ['ClusterName', 'ContainerName', 'ServiceName']],
  },
  'AWS/ApplicationELB': {
    HTTPCode_ELB_503_Count: BALANCER,
    HTTPCode_ELB_5XX_Count: BALANCER,
    HTTPCode_Target_5XX_Count: [...BALANCER, ...TARGETS],
    HealthyHostCount: TARGETS,
    RequestCount: [...BALANCER, ...TARGETS],
    TargetResponseTime: [...BALANCER, ...TARGETS],
    UnHealthyHostCount: TARGETS,
  },
};

/** The resource type of a dimension, and the attribute with its value. */
export const dimensionSources: Readonly<Record<string, { readonly type: string; readonly attribute: string }>> = {
  ClusterName: { type: 'aws_ecs_cluster', attribute: 'name' },
  LoadBalancer: { type: 'aws_lb', attribute: 'arn_suffix' },
  ServiceName: { type: 'aws_ecs_service', attribute: 'name' },
  TargetGroup: { type: 'aws_lb_target_group', attribute: 'arn_suffix' },
};
