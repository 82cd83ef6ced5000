import { attributeIs } from '../attribute-is';
import type { Model } from '../model/model';
import type { Resource } from '../model/subject';
import { at, shown } from '../model/value';
import { rule, type Finding } from '../rule';

const COMMANDS = 'configuration.execute_command_configuration';
const KEY = `${COMMANDS}.kms_key_id`;
const GROUP = `${COMMANDS}.log_configuration.cloud_watch_log_group_name`;

export const execAudited = rule({
  id: 'exec-audited',
  severity: 'error',
  what: 'sessions inside tasks are encrypted with our key and logged to an encrypted log group',
  why: 'Who can run commands in a task sees its data, so what was done has to be on record.',
  sources: [
    'R3.3',
    'CKV_AWS_223',
    'CKV_AWS_224',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging',
  ],
  appliesTo: (model) => model.all('aws_ecs_cluster'),
  check(cluster, model) {
    const { attributes } = cluster;
    return [
      ...keyOf(cluster, model),
      ...attributeIs(attributes, `${COMMANDS}.logging`, 'OVERRIDE'),
      ...attributeIs(attributes, `${COMMANDS}.log_configuration.cloud_watch_encryption_enabled`, true),
      ...groupOf(cluster, model),
    ];
  },
});

function keyOf(cluster: Resource, model: Model): Finding[] {
  if (model.behind(cluster, KEY, 'aws_kms_key').length > 0) return [];
  return [{ got: `${KEY} ${shown(at(cluster.attributes, KEY))}`, fix: 'name a key of the environment' }];
}

function groupOf(cluster: Resource, model: Model): Finding[] {
  const name = at(cluster.attributes, GROUP);
  const group = model.meant('aws_cloudwatch_log_group', name, cluster.stack);
  if (!group) return [{ got: `${GROUP} ${shown(name)}`, fix: 'name a log group of the environment' }];
  // With cloud_watch_encryption_enabled, sessions to a group without a key are refused.
  if (group.attributes['kms_key_id']) return [];
  return [{ subject: group, got: 'kms_key_id none', fix: 'encrypt it with a key of the environment' }];
}
