import type { Resource } from '../model/model';
import { type Finding, rule } from '../rule';

/** Secret arguments with a write-only variant, `<argument>_wo`, which Terraform does not store. */
const SECRET_ARGUMENTS: Readonly<Record<string, string>> = {
  aws_db_instance: 'password',
  aws_docdb_cluster: 'master_password',
  aws_rds_cluster: 'master_password',
  aws_redshift_cluster: 'master_password',
  aws_secretsmanager_secret_version: 'secret_string',
  aws_ssm_parameter: 'value',
};

export const noSecretInState = rule({
  id: 'no-secret-in-state',
  severity: 'error',
  what: 'plan and state contain no secrets',
  why: 'State, its old versions and saved plans contain every argument in plain text, for everybody with access to them.',
  sources: [
    'R0.1',
    'https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only',
    'https://developer.hashicorp.com/terraform/language/state/sensitive-data',
  ],
  appliesTo: (model) => model.stacks,
  check: ({ resources }) => resources.flatMap(inClear),
});

function inClear(subject: Resource): Finding[] {
  const { type, attributes } = subject;
  const argument = SECRET_ARGUMENTS[type];
  if (argument === undefined || attributes[argument] === undefined || !isSecret(subject)) return [];
  // The value is not shown: it is the secret.
  return [
    {
      subject,
      got: `${argument} in plain text`,
      fix: `use the write-only argument ${argument}_wo, which Terraform does not store`,
    },
  ];
}

/** Parameters are secret only with type SecureString. */
function isSecret({ type, attributes }: Resource): boolean {
  return type !== 'aws_ssm_parameter' || attributes['type'] === 'SecureString';
}
