const METRICS =
  'the only ARN is that of a dataset, and the metrics of AWS and of applications are in none: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html';

/**
 * Actions that are allowed on `*` although AWS's reference names a resource for them, and why. Actions without any resource are not
 * here: what `service-authorization.json` says of them is the reason.
 */
export const allowedWildcards: Readonly<Record<string, string>> = {
  'cloudwatch:DescribeAlarms':
    'CodeDeploy reads the alarms of a release as AWSCodeDeployRoleForECS lets it, on *; how it asks is not documented, and a refused answer would stop every release: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSCodeDeployRoleForECS.html',
  'cloudwatch:GetMetricData': METRICS,
  'cloudwatch:ListMetrics': METRICS,
  'cloudwatch:PutMetricData': METRICS,
};
