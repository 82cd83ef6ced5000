import type { Statement } from '@nightshift/stack';

/**
 * The permissions of VPC flow logs to write to one log group. The example of AWS also allows `logs:CreateLogGroup`; with it, late records
 * could create the log group again after destroy, without encryption and retention (R0.10).
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export function flowLogStatements(logGroupArn: string): Statement[] {
  return [
    {
      Sid: 'WriteFlowLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: [`${logGroupArn}:*`],
    },
    {
      // The action has no resource-level permissions:
      // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
      Sid: 'FindLogGroup',
      Effect: 'Allow',
      Action: ['logs:DescribeLogGroups'],
      Resource: ['*'],
    },
  ];
}
