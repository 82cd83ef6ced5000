import { synthStack, testEnvironment, type EnvironmentOverrides } from '@nightshift/testing';
import { NetworkStack } from './network-stack';

const synth = (overrides: EnvironmentOverrides = {}) =>
  synthStack((app) => new NetworkStack(app, 'network', { environment: testEnvironment(overrides) }));

describe('flow logs', () => {
  const stack = synth();

  it('R1.4 record all traffic of the VPC every minute', () => {
    expect(stack.resource('aws_flow_log', 'FlowLogs/Resource')).toMatchObject({
      vpc_id: stack.reference('aws_vpc', 'Vpc/Resource', 'id'),
      traffic_type: 'ALL',
      max_aggregation_interval: 60,
      log_destination_type: 'cloud-watch-logs',
      log_destination: stack.reference('aws_cloudwatch_log_group', 'FlowLogs/LogGroup', 'arn'),
      iam_role_arn: stack.reference('aws_iam_role', 'FlowLogs/Role', 'arn'),
      tags: { Name: 'flow-log-test' },
    });
  });

  it('R8.2 go to a log group whose key policy allows CloudWatch Logs for that group only', () => {
    expect(stack.resource('aws_cloudwatch_log_group', 'FlowLogs/LogGroup')).toMatchObject({
      name: 'log-group-flow-test',
      kms_key_id: stack.reference('aws_kms_key', 'FlowLogs/Key/Resource', 'arn'),
    });
    expect(stack.parsed('aws_kms_key', 'FlowLogs/Key/Resource', 'policy')).toMatchObject({
      Statement: [
        { Sid: 'AccountAdministers' },
        {
          Principal: { Service: 'logs.${data.aws_region.Region.name}.amazonaws.com' },
          Condition: {
            ArnEquals: {
              'kms:EncryptionContext:aws:logs:arn': [expect.stringMatching(/:log-group:log-group-flow-test$/)],
            },
          },
        },
      ],
    });
    expect(stack.resource('aws_kms_alias', 'FlowLogs/Key/Alias')['name']).toBe('alias/kms-key-network-test');
  });

  it('R8.3 are kept for 30 days, or the configured time', () => {
    expect(stack.resource('aws_cloudwatch_log_group', 'FlowLogs/LogGroup')['retention_in_days']).toBe(30);
    const longer = synth({ logs: { retentionDays: 90 } });
    expect(longer.resource('aws_cloudwatch_log_group', 'FlowLogs/LogGroup')['retention_in_days']).toBe(90);
  });

  it('R0.10 are deleted with their group', () => {
    const group = stack.resource('aws_cloudwatch_log_group', 'FlowLogs/LogGroup');
    expect([group['skip_destroy'], group['lifecycle']]).toEqual([undefined, undefined]);
  });

  it('R9.3 use a role that trusts the service for flow logs of this account only', () => {
    expect(stack.resource('aws_iam_role', 'FlowLogs/Role')['name']).toBe('iam-role-flow-log-test');
    expect(stack.parsed('aws_iam_role', 'FlowLogs/Role', 'assume_role_policy')).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
          Condition: {
            StringEquals: { 'aws:SourceAccount': '${data.aws_caller_identity.Account.account_id}' },
            ArnLike: {
              'aws:SourceArn':
                'arn:${data.aws_partition.Partition.partition}:ec2:${data.aws_region.Region.name}:${data.aws_caller_identity.Account.account_id}:vpc-flow-log/*',
            },
          },
        },
      ],
    });
  });

  it('R1.4 start after the role has its permissions', () => {
    const permissions = stack.reference('aws_iam_role_policy', 'FlowLogs/Permissions', 'id');
    expect(stack.resource('aws_iam_role_policy', 'FlowLogs/Permissions')).toMatchObject({
      name: 'iam-policy-flow-log-test',
      role: stack.reference('aws_iam_role', 'FlowLogs/Role', 'id'),
    });
    expect(stack.parsed('aws_iam_role_policy', 'FlowLogs/Permissions', 'policy')).toMatchObject({
      Statement: [
        { Resource: [`${stack.reference('aws_cloudwatch_log_group', 'FlowLogs/LogGroup', 'arn')}:*`] },
        { Sid: 'FindLogGroup' },
      ],
    });
    expect(stack.resource('aws_flow_log', 'FlowLogs/Resource')['depends_on']).toEqual([
      permissions.slice('${'.length, -'.id}'.length),
    ]);
  });
});
