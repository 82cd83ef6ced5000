/**
 * Terraform's type to the calls of AWS that make a resource of it. Attributes that are called as in the API, in snake case, are found by
 * themselves; what stands here says what the others are: path in Terraform, path in the call. Lists have no place of their own in a path;
 * `{}` follows an attribute that holds JSON with the names of the API in it.
 */
const tags = (member) => ({ tags: member });

export const serviceCalls = {
  aws_vpc: { 'ec2.CreateVpc': {} },
  aws_subnet: { 'ec2.CreateSubnet': {} },
  aws_nat_gateway: { 'ec2.CreateNatGateway': {} },
  aws_eip: { 'ec2.AllocateAddress': {} },
  aws_vpc_endpoint: { 'ec2.CreateVpcEndpoint': {} },
  aws_flow_log: { 'ec2.CreateFlowLogs': {} },
  aws_security_group: { 'ec2.CreateSecurityGroup': {} },

  aws_iam_role: {
    'iam.CreateRole': { name: 'RoleName', assume_role_policy: 'AssumeRolePolicyDocument', ...tags('Tags') },
  },
  aws_iam_role_policy: { 'iam.PutRolePolicy': { name: 'PolicyName', policy: 'PolicyDocument' } },
  aws_iam_policy: { 'iam.CreatePolicy': { name: 'PolicyName', policy: 'PolicyDocument', ...tags('Tags') } },

  aws_kms_key: {
    'kms.CreateKey': { customer_master_key_spec: 'KeySpec', ...tags('Tags') },
    'kms.EnableKeyRotation': {},
    'kms.ScheduleKeyDeletion': { deletion_window_in_days: 'PendingWindowInDays' },
  },
  aws_kms_alias: { 'kms.CreateAlias': { name: 'AliasName', target_key_id: 'TargetKeyId' } },

  aws_cloudwatch_log_group: {
    'logs.CreateLogGroup': { name: 'logGroupName', log_group_class: 'logGroupClass', ...tags('tags') },
    'logs.PutRetentionPolicy': {},
  },

  aws_ecr_repository: { 'ecr.CreateRepository': { name: 'repositoryName', ...tags('tags') } },
  aws_ecr_lifecycle_policy: { 'ecr.PutLifecyclePolicy': { policy: 'lifecyclePolicyText' } },

  aws_ecs_cluster: { 'ecs.CreateCluster': { ...tags('tags') } },
  aws_ecs_cluster_capacity_providers: { 'ecs.PutClusterCapacityProviders': {} },
  aws_ecs_service: {
    'ecs.CreateService': { deployment_controller: 'deploymentController', ...tags('tags') },
  },
  aws_ecs_task_definition: {
    'ecs.RegisterTaskDefinition': { 'container_definitions{}': 'containerDefinitions', ...tags('tags') },
  },

  aws_lb: { 'elbv2.CreateLoadBalancer': { load_balancer_type: 'Type', ...tags('Tags') } },
  aws_lb_listener: { 'elbv2.CreateListener': { default_action: 'DefaultActions', ...tags('Tags') } },
  aws_lb_target_group: {
    'elbv2.CreateTargetGroup': {
      'health_check.healthy_threshold': 'HealthyThresholdCount',
      'health_check.interval': 'HealthCheckIntervalSeconds',
      'health_check.path': 'HealthCheckPath',
      'health_check.protocol': 'HealthCheckProtocol',
      'health_check.timeout': 'HealthCheckTimeoutSeconds',
      'health_check.unhealthy_threshold': 'UnhealthyThresholdCount',
      ...tags('Tags'),
    },
  },

  aws_s3_bucket_ownership_controls: { 's3.PutBucketOwnershipControls': { rule: 'OwnershipControls.Rules' } },
  aws_s3_bucket_server_side_encryption_configuration: {
    's3.PutBucketEncryption': {
      'rule.apply_server_side_encryption_by_default.sse_algorithm':
        'ServerSideEncryptionConfiguration.Rules.ApplyServerSideEncryptionByDefault.SSEAlgorithm',
    },
  },
  aws_s3_bucket_versioning: { 's3.PutBucketVersioning': {} },

  aws_appautoscaling_target: { 'application-autoscaling.RegisterScalableTarget': {} },
  aws_appautoscaling_policy: { 'application-autoscaling.PutScalingPolicy': { name: 'PolicyName' } },
  aws_appautoscaling_scheduled_action: {
    'application-autoscaling.PutScheduledAction': { name: 'ScheduledActionName' },
  },

  aws_codedeploy_app: { 'codedeploy.CreateApplication': { name: 'applicationName', ...tags('tags') } },
  aws_codedeploy_deployment_config: { 'codedeploy.CreateDeploymentConfig': {} },
  aws_codedeploy_deployment_group: {
    'codedeploy.CreateDeploymentGroup': {
      app_name: 'applicationName',
      ecs_service: 'ecsServices',
      'load_balancer_info.target_group_pair_info': 'loadBalancerInfo.targetGroupPairInfoList',
      ...tags('tags'),
    },
  },

  aws_sns_topic: { 'sns.CreateTopic': { ...tags('Tags') } },
  aws_sns_topic_subscription: { 'sns.Subscribe': {} },

  aws_cloudwatch_metric_alarm: {
    'cloudwatch.PutMetricAlarm': {
      metric_query: 'Metrics',
      'metric_query.metric.metric_name': 'Metrics.MetricStat.Metric.MetricName',
      'metric_query.metric.namespace': 'Metrics.MetricStat.Metric.Namespace',
      'metric_query.metric.period': 'Metrics.MetricStat.Period',
      'metric_query.metric.stat': 'Metrics.MetricStat.Stat',
      ...tags('Tags'),
    },
  },
  aws_cloudwatch_composite_alarm: { 'cloudwatch.PutCompositeAlarm': { ...tags('Tags') } },
  aws_cloudwatch_dashboard: { 'cloudwatch.PutDashboard': {} },
  aws_cloudwatch_event_rule: { 'events.PutRule': { ...tags('Tags') } },
  aws_cloudwatch_event_target: {
    'events.PutTargets': {
      arn: 'Targets.Arn',
      target_id: 'Targets.Id',
      role_arn: 'Targets.RoleArn',
      input: 'Targets.Input',
      input_path: 'Targets.InputPath',
      input_transformer: 'Targets.InputTransformer',
      dead_letter_config: 'Targets.DeadLetterConfig',
      retry_policy: 'Targets.RetryPolicy',
    },
  },
};

const ec2 = 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference';
const described = {
  path: 'description',
  kind: 'length',
  max: 255,
  pattern: '[a-zA-Z0-9. _\\-:/()#,@\\[\\]+=&;{}!$*]*',
};

/** What the models leave to the documentation. */
export const documented = {
  aws_security_group: [{ ...described, source: `${ec2}/API_CreateSecurityGroup.html` }],
  aws_vpc_security_group_ingress_rule: [{ ...described, source: `${ec2}/API_IpRange.html` }],
  aws_vpc_security_group_egress_rule: [{ ...described, source: `${ec2}/API_IpRange.html` }],
  aws_kms_key: [
    {
      path: 'deletion_window_in_days',
      kind: 'value',
      min: 7,
      max: 30,
      source: 'https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html',
    },
  ],
  aws_cloudwatch_log_group: [
    {
      path: 'retention_in_days',
      kind: 'value',
      words: [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
      source: 'https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html',
    },
  ],
  aws_codedeploy_deployment_group: [
    {
      path: 'alarm_configuration.alarms',
      kind: 'items',
      max: 10,
      source: 'https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_AlarmConfiguration.html',
    },
    {
      path: 'blue_green_deployment_config.terminate_blue_instances_on_deployment_success.termination_wait_time_in_minutes',
      kind: 'value',
      min: 0,
      max: 2880,
      source: 'https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_BlueInstanceTerminationOption.html',
    },
  ],
};
