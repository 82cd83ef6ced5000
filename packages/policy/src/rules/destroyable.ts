import type { Environment } from '@nightshift/config';
import type { Resource } from '../model/model';
import { at, shown } from '../model/value';
import { type Finding, rule } from '../rule';

/** Attributes that keep a resource, or prevent its deletion. */
const KEEPING = [
  'deletion_protection',
  'deletion_protection_enabled',
  'enable_deletion_protection',
  'lifecycle.prevent_destroy',
  'retain_on_delete',
  'skip_destroy',
] as const;

/**
 * Resources that AWS does not delete while they have content, and the attribute that also deletes the content.
 * https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs
 */
const FORCED: Readonly<Record<string, { readonly attribute: string; readonly holds: string }>> = {
  aws_athena_workgroup: { attribute: 'force_destroy', holds: 'queries' },
  aws_autoscaling_group: { attribute: 'force_delete', holds: 'instances' },
  aws_backup_vault: { attribute: 'force_destroy', holds: 'recovery points' },
  aws_ecr_repository: { attribute: 'force_delete', holds: 'images' },
  aws_ecs_service: { attribute: 'force_delete', holds: 'running tasks' },
  aws_iam_user: { attribute: 'force_destroy', holds: 'access keys' },
  aws_route53_zone: { attribute: 'force_destroy', holds: 'records' },
  aws_s3_bucket: { attribute: 'force_destroy', holds: 'objects' },
};

export const destroyable = rule({
  id: 'destroyable',
  severity: 'error',
  everyType: true,
  what: 'destroy deletes everything, keys after their deletion window',
  why: 'A resource that remains costs money and blocks the next deployment with the same name.',
  sources: ['R0.10', 'https://docs.aws.amazon.com/kms/latest/developerguide/deleting-keys.html'],
  appliesTo: (model) => model.managed,
  check: (resource, { environment }) => [...kept(resource), ...stuck(resource), ...late(resource, environment)],
});

/**
 * Revisions have no cost and block no name, and a service uses the previous one until a release. `nightshift destroy` deregisters them.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
 */
const MAY_STAY: Readonly<Record<string, string | undefined>> = { aws_ecs_task_definition: 'skip_destroy' };

function kept({ type, attributes }: Resource): Finding[] {
  const refused = KEEPING.filter((attribute) => attribute !== MAY_STAY[type]);
  return refused
    .filter((attribute) => at(attributes, attribute) === true)
    .map((attribute) => ({
      got: `${attribute} true`,
      fix: 'leave it out',
    }));
}

function stuck({ type, attributes }: Resource): Finding[] {
  const forced = FORCED[type];
  if (!forced || attributes[forced.attribute] === true) return [];
  const { attribute, holds } = forced;
  return [
    {
      got: `${attribute} ${shown(attributes[attribute])}`,
      fix: `set it to true: AWS does not delete it while it contains ${holds}`,
    },
  ];
}

/** AWS keeps deleted keys and secrets for a recovery window; the name of a secret is reserved during this time. */
function late({ type, attributes }: Resource, environment: Environment | undefined): Finding[] {
  const demanded: Readonly<Record<string, readonly [attribute: string, days: number | undefined]>> = {
    aws_kms_key: ['deletion_window_in_days', environment?.encryption.deletionWindowDays],
    aws_secretsmanager_secret: ['recovery_window_in_days', 0],
  };
  const [attribute = '', days] = demanded[type] ?? [];
  if (days === undefined || attributes[attribute] === days) return [];
  return [{ got: `${attribute} ${shown(attributes[attribute])}`, fix: `set it to ${days}` }];
}
