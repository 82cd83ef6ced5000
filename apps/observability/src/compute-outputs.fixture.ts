import type { ComputeOutputs } from '@nightshift/compute';

/** What the compute stack of the environment `test` publishes. */
export function computeOutputs(): ComputeOutputs {
  return {
    cluster_name: 'ecs-cluster-test',
    cluster_arn: 'arn:cluster',
    service_name: 'ecs-service-test',
    service_arn: 'arn:service',
    log_group_name: 'log-group-batch-processor-test',
    scalable_resource_id: 'service/ecs-cluster-test/ecs-service-test',
    scale_in_alarm_name: 'alarm-cpu-low-test',
    scale_in_alarm_arn: 'arn:alarm-cpu-low',
    gate_alarm_arns: ['arn:gate-5xx', 'arn:gate-latency'],
    codedeploy_application: 'codedeploy-app-test',
    codedeploy_deployment_group: 'codedeploy-group-test',
    load_balancer: 'app/alb-test/1',
    load_balancer_dns_name: 'alb-test.example.com',
    target_group_blue: 'targetgroup/tg-blue-test/2',
    target_group_green: 'targetgroup/tg-green-test/3',
  };
}
