import type { ResourceType } from '@nightshift/naming';

export interface NamedType {
  /** The attribute that holds the name; `tags.Name` where AWS has no other. */
  readonly attribute: string;
  /** The prefix of names of this type. */
  readonly limit: ResourceType;
  /** The type whose limits apply. @default - those of `limit` */
  readonly legal?: ResourceType;
}

const named = (limit: ResourceType, attribute = 'name'): NamedType => ({ attribute, limit });
const tagged = (limit: ResourceType): NamedType => ({ attribute: 'tags.Name', limit });

/** The name attribute of each Terraform type. */
export const namedTypes: Readonly<Record<string, NamedType>> = {
  aws_vpc: tagged('vpc'),
  aws_internet_gateway: tagged('internet-gateway'),
  aws_nat_gateway: tagged('nat-gateway'),
  aws_eip: tagged('elastic-ip'),
  aws_subnet: tagged('subnet'),
  aws_route_table: tagged('route-table'),
  aws_vpc_endpoint: tagged('vpc-endpoint'),
  aws_flow_log: tagged('flow-log'),
  aws_vpc_security_group_ingress_rule: tagged('security-group-rule'),
  aws_vpc_security_group_egress_rule: tagged('security-group-rule'),
  aws_security_group: named('security-group'),
  // AWS calls this group `default`; the name is only a tag.
  aws_default_security_group: { ...tagged('security-group'), legal: 'vpc' },
  aws_cloudwatch_log_group: named('log-group'),
  aws_kms_alias: named('kms-key'),
  aws_iam_role: named('iam-role'),
  aws_iam_policy: named('iam-policy'),
  aws_iam_role_policy: named('iam-policy'),
  aws_ecr_repository: named('ecr-repository'),
  aws_ecs_cluster: named('ecs-cluster'),
  aws_ecs_service: named('ecs-service'),
  aws_ecs_task_definition: named('ecs-task', 'family'),
  aws_lb: named('alb'),
  aws_lb_target_group: named('tg'),
  aws_lb_listener: tagged('listener'),
  aws_s3_bucket: named('s3', 'bucket'),
  aws_appautoscaling_policy: named('scaling-policy'),
  aws_appautoscaling_target: tagged('scaling-target'),
  aws_appautoscaling_scheduled_action: named('scheduled-action'),
  aws_codedeploy_app: named('codedeploy-app'),
  aws_codedeploy_deployment_group: named('codedeploy-group', 'deployment_group_name'),
  aws_codedeploy_deployment_config: named('codedeploy-config', 'deployment_config_name'),
  aws_sns_topic: named('sns-topic'),
  aws_cloudwatch_metric_alarm: named('alarm', 'alarm_name'),
  aws_cloudwatch_composite_alarm: named('alarm', 'alarm_name'),
  aws_cloudwatch_dashboard: named('dashboard', 'dashboard_name'),
  aws_cloudwatch_event_rule: named('event-rule'),
};
