import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith, type Resources } from '../model.fixture';
import { destroyable } from './destroyable';

const checked = (resources: Resources, environment = environmentWith()) =>
  findingsIn(destroyable, modelWith(resources, {}, environment));

describe('destroyable (R0.10)', () => {
  it.each([
    'deletion_protection',
    'deletion_protection_enabled',
    'enable_deletion_protection',
    'retain_on_delete',
    'skip_destroy',
  ])('refuses %s', (attribute) => {
    expect(checked({ aws_lb: { L: { [attribute]: true } } })).toEqual([`aws_lb.L: ${attribute} true - leave it out`]);
    expect(checked({ aws_lb: { L: { [attribute]: false } } })).toEqual([]);
  });

  it('accepts skip_destroy of a task definition, whose revisions a service needs until a release', () => {
    expect(checked({ aws_ecs_task_definition: { T: { skip_destroy: true } } })).toEqual([]);
    expect(checked({ aws_ecs_task_definition: { T: { lifecycle: { prevent_destroy: true } } } })).toEqual([
      'aws_ecs_task_definition.T: lifecycle.prevent_destroy true - leave it out',
    ]);
  });

  it('refuses prevent_destroy', () => {
    expect(checked({ aws_vpc: { V: { lifecycle: { prevent_destroy: true } } } })).toEqual([
      'aws_vpc.V: lifecycle.prevent_destroy true - leave it out',
    ]);
  });

  it.each([
    ['aws_athena_workgroup', 'force_destroy', 'queries'],
    ['aws_autoscaling_group', 'force_delete', 'instances'],
    ['aws_backup_vault', 'force_destroy', 'recovery points'],
    ['aws_ecr_repository', 'force_delete', 'images'],
    ['aws_ecs_service', 'force_delete', 'running tasks'],
    ['aws_iam_user', 'force_destroy', 'access keys'],
    ['aws_route53_zone', 'force_destroy', 'records'],
    ['aws_s3_bucket', 'force_destroy', 'objects'],
  ])('refuses %s without %s: AWS keeps it while there are %s', (type, attribute, holds) => {
    const fix = `set it to true: AWS does not delete it while it contains ${holds}`;
    expect(checked({ [type]: { R: {} } })).toEqual([`${type}.R: ${attribute} none - ${fix}`]);
    expect(checked({ [type]: { R: { [attribute]: false } } })).toEqual([`${type}.R: ${attribute} false - ${fix}`]);
    expect(checked({ [type]: { R: { [attribute]: true } } })).toEqual([]);
  });

  it('refuses a deletion window of a key that differs from the environment', () => {
    const key = (days: number | undefined) => ({ aws_kms_key: { K: { deletion_window_in_days: days } } });
    expect(checked(key(30))).toEqual(['aws_kms_key.K: deletion_window_in_days 30 - set it to 7']);
    expect(checked(key(undefined))).toEqual(['aws_kms_key.K: deletion_window_in_days none - set it to 7']);
    expect(checked(key(30), environmentWith({ encryption: { deletionWindowDays: 30 } }))).toEqual([]);
    expect(findingsIn(destroyable, modelWith(key(30)))).toEqual([]);
  });

  it('refuses a secret whose name is reserved after it is deleted', () => {
    const secret = (attributes: object) => ({ aws_secretsmanager_secret: { S: { ...attributes } } });
    expect(checked(secret({}))).toEqual(['aws_secretsmanager_secret.S: recovery_window_in_days none - set it to 0']);
    expect(checked(secret({ recovery_window_in_days: 0 }))).toEqual([]);
  });

  it('does not apply to data sources', () => {
    expect(findingsIn(destroyable, modelWith({}, { data: { aws_kms_key: { K: {} } } }))).toBe('not applicable');
  });
});
