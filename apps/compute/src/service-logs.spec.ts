import { addressOf } from './address-of.fixture';
import { synthCompute } from './compute-stack.fixture';

const stack = synthCompute();
const INSIGHTS = '/aws/ecs/containerinsights/ecs-cluster-test/performance';

describe('service logs', () => {
  it('R8.1 have a group for the container, one for ECS Exec and one for Container Insights', () => {
    const names = Object.entries(stack.resources('aws_cloudwatch_log_group')).map(([path, { name }]) => [path, name]);
    expect(Object.fromEntries(names)).toEqual({
      'Logs/Container': 'log-group-container-batch-processor-test',
      'Logs/Exec': 'log-group-exec-test',
      'Logs/Insights': INSIGHTS,
    });
  });

  it('R8.1 never share a group, for any container name', () => {
    const groups = Object.values(
      synthCompute({ container: { name: 'exec' } }).resources('aws_cloudwatch_log_group'),
    ).map(({ name }) => name);
    expect(new Set(groups).size).toBe(3);
  });

  it('R8.2 are encrypted with a key of the environment', () => {
    const key = stack.reference('aws_kms_key', 'Logs/Key/Resource', 'arn');
    Object.values(stack.resources('aws_cloudwatch_log_group')).forEach((group) => {
      expect(group['kms_key_id']).toBe(key);
    });
    expect(stack.resource('aws_kms_alias', 'Logs/Key/Alias')['name']).toBe('alias/kms-key-compute-logs-test');
  });

  it('R8.2 are the only users of that key', () => {
    const prefix =
      'arn:${data.aws_partition.Partition.partition}:logs:${data.aws_region.Region.name}:${data.aws_caller_identity.Account.account_id}:log-group';
    expect(stack.parsed('aws_kms_key', 'Logs/Key/Resource', 'policy')).toMatchObject({
      Statement: [
        { Sid: 'AccountAdministers' },
        {
          Sid: 'LogGroupsUseKey',
          Condition: {
            ArnEquals: {
              'kms:EncryptionContext:aws:logs:arn': [
                `${prefix}:log-group-container-batch-processor-test`,
                `${prefix}:log-group-exec-test`,
                `${prefix}:${INSIGHTS}`,
              ],
            },
          },
        },
      ],
    });
  });

  it('R8.3 are kept for 30 days, or the configured time', () => {
    const retention = (days?: number) =>
      Object.values(
        synthCompute(days === undefined ? {} : { logs: { retentionDays: days } }).resources('aws_cloudwatch_log_group'),
      ).map((group) => group['retention_in_days']);
    expect(retention()).toEqual([30, 30, 30]);
    expect(retention(7)).toEqual([7, 7, 7]);
  });

  it('R0.10 are deleted after the cluster, which would create its group again', () => {
    expect(stack.resource('aws_ecs_cluster', 'Cluster/Resource')['depends_on']).toEqual([
      addressOf(stack, 'aws_cloudwatch_log_group', 'Logs/Insights'),
    ]);
  });
});
