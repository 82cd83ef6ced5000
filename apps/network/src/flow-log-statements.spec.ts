import { flowLogStatements } from './flow-log-statements';

const statements = flowLogStatements('arn:aws:logs:eu-west-1:123456789012:log-group:log-group-flow-dev');

describe('permissions of flow logs', () => {
  it('R1.4 allow writes to the streams of one log group', () => {
    expect(statements).toContainEqual({
      Sid: 'WriteFlowLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: ['arn:aws:logs:eu-west-1:123456789012:log-group:log-group-flow-dev:*'],
    });
  });

  it('R9.2 use all resources (*) only for actions without resource-level permissions', () => {
    expect(statements).toContainEqual({
      Sid: 'FindLogGroup',
      Effect: 'Allow',
      Action: ['logs:DescribeLogGroups'],
      Resource: ['*'],
    });
  });

  it('R0.10 cannot create the log group again after it was destroyed', () => {
    expect(statements.flatMap(({ Action }) => Action)).not.toContain('logs:CreateLogGroup');
  });
});
