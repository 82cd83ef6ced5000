import { judge, modelWith } from '../model.fixture';
import type { Attributes } from '../model/value';
import { execAudited } from './exec-audited';

const PATH = 'configuration.execute_command_configuration';

function judged(commands: Attributes, log: Attributes = {}, group: Attributes = {}) {
  const model = modelWith({
    aws_kms_key: { Key: {} },
    aws_cloudwatch_log_group: { Exec: { name: 'exec', kms_key_id: '${aws_kms_key.Key.arn}', ...group } },
    aws_ecs_cluster: {
      Main: {
        configuration: {
          execute_command_configuration: {
            kms_key_id: '${aws_kms_key.Key.arn}',
            logging: 'OVERRIDE',
            log_configuration: {
              cloud_watch_encryption_enabled: true,
              cloud_watch_log_group_name: '${aws_cloudwatch_log_group.Exec.name}',
              ...log,
            },
            ...commands,
          },
        },
      },
    },
  });
  return judge(execAudited, model);
}

describe('exec-audited (R3.3)', () => {
  it('refuses a cluster that says nothing of sessions', () => {
    expect(judge(execAudited, modelWith({ aws_ecs_cluster: { Main: {} } }))).toEqual([
      `aws_ecs_cluster.Main: ${PATH}.kms_key_id none - name a key of the environment`,
      `aws_ecs_cluster.Main: ${PATH}.logging none - set it to OVERRIDE`,
      `aws_ecs_cluster.Main: ${PATH}.log_configuration.cloud_watch_encryption_enabled none - set it to true`,
      `aws_ecs_cluster.Main: ${PATH}.log_configuration.cloud_watch_log_group_name none - name a log group of the environment`,
    ]);
  });

  it('refuses a key of AWS, the default log, and a log group that is not ours', () => {
    const log = { cloud_watch_log_group_name: 'other' };
    expect(judged({ kms_key_id: 'alias/aws/ssm', logging: 'DEFAULT' }, log)).toEqual([
      `aws_ecs_cluster.Main: ${PATH}.kms_key_id alias/aws/ssm - name a key of the environment`,
      `aws_ecs_cluster.Main: ${PATH}.logging DEFAULT - set it to OVERRIDE`,
      `aws_ecs_cluster.Main: ${PATH}.log_configuration.cloud_watch_log_group_name other - name a log group of the environment`,
    ]);
  });

  it('refuses a log that is not encrypted', () => {
    expect(judged({}, { cloud_watch_encryption_enabled: false }, { kms_key_id: null })).toEqual([
      `aws_ecs_cluster.Main: ${PATH}.log_configuration.cloud_watch_encryption_enabled false - set it to true`,
      'aws_cloudwatch_log_group.Exec: kms_key_id none - encrypt it with a key of the environment',
    ]);
  });

  it('accepts our key and an encrypted log group, by reference or by name', () => {
    expect(judged({})).toEqual([]);
    expect(judged({}, { cloud_watch_log_group_name: 'exec' })).toEqual([]);
  });

  it('is not about anything else', () => {
    expect(judge(execAudited, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
