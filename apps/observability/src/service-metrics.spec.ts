import { computeOutputs } from './compute-outputs.fixture';
import { serviceMetrics } from './service-metrics';

const metrics = serviceMetrics(computeOutputs(), 'batch-processor');
const service = { ClusterName: 'ecs-cluster-test', ServiceName: 'ecs-service-test' };

describe('service metrics', () => {
  it('R12.1 read CPU and memory of the service from ECS', () => {
    expect(metrics.cpuUtilization).toEqual({
      namespace: 'AWS/ECS',
      metricName: 'CPUUtilization',
      dimensions: service,
      stat: 'Average',
    });
    expect(metrics.memoryUtilization).toMatchObject({ metricName: 'MemoryUtilization', dimensions: service });
  });

  it('R12.1 read task counts and failing containers from Container Insights', () => {
    expect(metrics.desiredTasks).toMatchObject({ namespace: 'ECS/ContainerInsights', metricName: 'DesiredTaskCount' });
    expect(metrics.runningTasks).toMatchObject({ metricName: 'RunningTaskCount', dimensions: service });
    expect(metrics.pendingTasks).toMatchObject({ metricName: 'PendingTaskCount', dimensions: service });
    expect(metrics.unhealthyContainers).toEqual({
      namespace: 'ECS/ContainerInsights',
      metricName: 'UnHealthyContainerHealthStatus',
      dimensions: { ...service, ContainerName: 'batch-processor' },
      stat: 'Sum',
    });
  });

  it('R12.2 read errors and latency of the whole load balancer, since these metrics continue when target groups change', () => {
    const dimensions = { LoadBalancer: 'app/alb-test/1' };
    expect(metrics.target5xx).toEqual({
      namespace: 'AWS/ApplicationELB',
      metricName: 'HTTPCode_Target_5XX_Count',
      dimensions,
      stat: 'Sum',
    });
    expect(metrics.responseTime).toMatchObject({ metricName: 'TargetResponseTime', dimensions, stat: 'p95' });
    expect(metrics.requests).toMatchObject({ metricName: 'RequestCount', dimensions });
    expect(metrics.loadBalancer5xx).toMatchObject({ metricName: 'HTTPCode_ELB_5XX_Count', dimensions });
  });

  it('R12.2 read host counts per target group, the only dimension that they have', () => {
    expect(metrics.unhealthyHosts.blue).toEqual({
      namespace: 'AWS/ApplicationELB',
      metricName: 'UnHealthyHostCount',
      dimensions: { LoadBalancer: 'app/alb-test/1', TargetGroup: 'targetgroup/tg-blue-test/2' },
      stat: 'Maximum',
    });
    expect(metrics.unhealthyHosts.green.dimensions).toMatchObject({ TargetGroup: 'targetgroup/tg-green-test/3' });
    expect(metrics.healthyHosts.green).toMatchObject({ metricName: 'HealthyHostCount', stat: 'Minimum' });
  });
});
