/**
 * Actions that applications need and that AWS cannot scope to a resource: only with these is `*` a resource (R9.2).
 * Source: the columns "Resource types" of https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
export const unscopedActions: readonly string[] = [
  'cloudwatch:GetMetricData',
  'cloudwatch:GetMetricStatistics',
  'cloudwatch:ListMetrics',
  'cloudwatch:PutMetricData',
  'ecr:GetAuthorizationToken',
  'kms:GenerateRandom',
  'kms:ListAliases',
  'logs:DescribeLogGroups',
  's3:ListAllMyBuckets',
  'ssm:DescribeParameters',
  'ssmmessages:CreateControlChannel',
  'ssmmessages:CreateDataChannel',
  'ssmmessages:OpenControlChannel',
  'ssmmessages:OpenDataChannel',
  'sts:GetCallerIdentity',
  'xray:GetSamplingRules',
  'xray:GetSamplingTargets',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];
