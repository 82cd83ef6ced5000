import { findingsIn, modelWith } from '../model.fixture';
import { modelOf } from '../model/model-of';
import { noSecretInState } from './no-secret-in-state';

const parameter = (attributes: object) =>
  findingsIn(noSecretInState, modelWith({ aws_ssm_parameter: { P: { ...attributes } } }));

describe('no-secret-in-state (R0.1)', () => {
  it('refuses a secret that the state stores, and does not print it', () => {
    expect(parameter({ type: 'SecureString', value: 'hunter2' })).toEqual([
      'aws_ssm_parameter.P: value in plain text - use the write-only argument value_wo, which Terraform does not store',
    ]);
  });

  it.each([
    ['aws_secretsmanager_secret_version', 'secret_string'],
    ['aws_db_instance', 'password'],
    ['aws_rds_cluster', 'master_password'],
    ['aws_docdb_cluster', 'master_password'],
    ['aws_redshift_cluster', 'master_password'],
  ])('refuses a secret of %s from any source', (type, argument) => {
    const secret = { [argument]: '${random_password.P.result}' };
    expect(findingsIn(noSecretInState, modelWith({ [type]: { S: secret } }))).toEqual([
      `${type}.S: ${argument} in plain text - use the write-only argument ${argument}_wo, which Terraform does not store`,
    ]);
  });

  it('accepts write-only arguments and secrets that others write', () => {
    expect(parameter({ type: 'SecureString', value_wo: 'hunter2', value_wo_version: 1 })).toEqual([]);
    expect(
      findingsIn(noSecretInState, modelWith({ aws_db_instance: { D: { manage_master_user_password: true } } })),
    ).toEqual([]);
  });

  it('accepts parameters without a secret, and other resources', () => {
    expect(parameter({ type: 'String', value: 'hello' })).toEqual([]);
    expect(findingsIn(noSecretInState, modelWith({ aws_vpc: { V: {} } }))).toEqual([]);
  });

  it('does not apply without stacks', () => {
    expect(findingsIn(noSecretInState, modelOf({ stacks: {} }))).toBe('not applicable');
  });
});
