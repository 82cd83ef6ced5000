import type { Place, Statement } from '@nightshift/stack';

export interface FlowLogStatementsProps extends Place {
  readonly logGroupArn: string;
}

/**
 * What VPC flow logs need to write into one group. AWS's own example allows `logs:CreateLogGroup` too; with it, records that are
 * under way when the environment is destroyed would bring the group back, unencrypted and kept for ever (R0.10).
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export function flowLogStatements({ logGroupArn, partition, region, account }: FlowLogStatementsProps): Statement[] {
  return [
    {
      Sid: 'WriteFlowLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: [`${logGroupArn}:*`],
    },
    {
      // It lists groups; AWS checks that against all groups of the region.
      Sid: 'FindLogGroup',
      Effect: 'Allow',
      Action: ['logs:DescribeLogGroups'],
      Resource: [`arn:${partition}:logs:${region}:${account}:log-group:*`],
    },
  ];
}
