/** The published values of the compute stack, for other stacks and for tools; all of them are references that Terraform resolves. */
export interface ComputeOutputs {
  readonly cluster_name: string;
  readonly cluster_arn: string;
  readonly service_name: string;
  readonly service_arn: string;
  /** The log group of the batch processor. */
  readonly log_group_name: string;
  /** `service/<cluster>/<service>`, as Application Auto Scaling calls the service. */
  readonly scalable_resource_id: string;
  readonly scale_in_alarm_name: string;
  readonly scale_in_alarm_arn: string;
  /** The alarms that stop a release: errors, latency, unhealthy hosts of blue, unhealthy hosts of green. */
  readonly gate_alarm_arns: readonly string[];
  readonly codedeploy_application: string;
  readonly codedeploy_deployment_group: string;
  /** The end of its ARN, `app/<name>/<id>`: the dimension `LoadBalancer` of CloudWatch. */
  readonly load_balancer: string;
  readonly load_balancer_dns_name: string;
  /** The ends of their ARNs, `targetgroup/<name>/<id>`: the dimension `TargetGroup` of CloudWatch. */
  readonly target_group_blue: string;
  readonly target_group_green: string;
}
