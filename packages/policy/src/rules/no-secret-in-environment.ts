import { containersOf } from '../aws/containers';
import type { Model } from '../model/model';
import { blocks, shown, type Value } from '../model/value';
import { rule } from '../rule';

/** ECS and the SDKs read credentials from these: https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-8 */
const CREDENTIALS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'ECS_ENGINE_AUTH_DATA'];

const SECRET_NAME =
  /(?:^|[_.-])(?:password|passwd|passphrase|pwd|secret|token|credentials?|(?:api|access|private|secret|encryption|signing)_?key)s?$/i;

/** What is no secret, whatever its name: a switch, a number, nothing. */
const HARMLESS = /^(?:|true|false|yes|no|\d{1,9})$/i;

/** What a secret looks like, by the prefixes that its makers give it. */
const SECRET_VALUES: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bgh[oprsu]_\w{36}|\bgithub_pat_\w{22}/,
  /\bxox[abeoprs]-\w{10}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./,
  /^[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@$]+@/i,
];

/** Attributes of resources that are secret. */
const SECRET_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_access_key: ['secret', 'ses_smtp_password_v4'],
  aws_secretsmanager_random_password: ['random_password'],
  aws_secretsmanager_secret_version: ['secret_string', 'secret_binary'],
  aws_ssm_parameter: ['value', 'insecure_value'],
  random_password: ['result'],
};

export const noSecretInEnvironment = rule({
  id: 'no-secret-in-environment',
  severity: 'error',
  what: 'plain environment variables hold no secrets',
  why: 'Plain variables can be read by everybody who may look at the task definition, and stay in the state and in old revisions.',
  sources: [
    'R4.2',
    'FSBP ECS.8',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html',
  ],
  appliesTo: (model) => model.all('aws_ecs_task_definition'),
  check: (task, model) =>
    containersOf(task).flatMap((container) =>
      blocks(container['environment']).flatMap(({ name, value }) => {
        const reason = reasonOf(String(name), value, task.stack, model);
        if (reason === undefined) return [];
        // The value is not shown: reports are kept and sent around.
        const got = `${String(name)} of container ${shown(container['name'])}, ${reason}`;
        return [{ got, fix: 'keep it in an SSM parameter and name that in container.secrets' }];
      }),
    ),
});

function reasonOf(name: string, value: Value | undefined, stack: string, model: Model): string | undefined {
  if (CREDENTIALS.includes(name)) return 'which AWS reads credentials from';
  if (SECRET_VALUES.some((pattern) => pattern.test(String(value)))) return 'whose value looks like a secret';
  const source = model
    .targets(value, stack)
    .find(({ resource, attribute }) => SECRET_ATTRIBUTES[resource.type]?.includes(String(attribute)));
  if (source) return `whose value is ${source.resource.address}.${String(source.attribute)}`;
  return SECRET_NAME.test(name) && !HARMLESS.test(String(value ?? '')) ? 'which is named like a secret' : undefined;
}
