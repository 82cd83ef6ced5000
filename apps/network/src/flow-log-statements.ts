import type { Statement } from '@nightshift/stack';

/**
 * What VPC flow logs need to write into one group. AWS's own example allows `logs:CreateLogGroup` too; with it, records that are
 * under way when the environment is destroyed would bring the group back, unencrypted and kept for ever (R0.10).
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
      // AWS offers no resource for it: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatchlogs.html
      Sid: 'FindLogGroup',
      Effect: 'Allow',
      Action: ['logs:DescribeLogGroups'],
      Resource: ['*'],
    },
  ];
}
