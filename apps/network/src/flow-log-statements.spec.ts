import { flowLogStatements } from './flow-log-statements';

const statements = flowLogStatements({
  logGroupArn: 'arn:aws:logs:eu-west-1:123456789012:log-group:log-group-flow-dev',
  partition: 'aws',
  region: 'eu-west-1',
  account: '123456789012',
});

describe('permissions of flow logs', () => {
  it('R1.4 are to write streams of one group', () => {
    expect(statements).toContainEqual({
      Sid: 'WriteFlowLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: ['arn:aws:logs:eu-west-1:123456789012:log-group:log-group-flow-dev:*'],
    });
  });

  it('R9.2 name the region and account where AWS checks them against all groups', () => {
    expect(statements).toContainEqual({
      Sid: 'FindLogGroup',
      Effect: 'Allow',
      Action: ['logs:DescribeLogGroups'],
      Resource: ['arn:aws:logs:eu-west-1:123456789012:log-group:*'],
    });
  });

  it('R0.10 cannot bring the group back after it was destroyed', () => {
    expect(statements.flatMap(({ Action }) => Action)).not.toContain('logs:CreateLogGroup');
  });
});
