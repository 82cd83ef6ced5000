import { containersOf, containersUnknown } from '../aws/containers';
import type { Model } from '../model/model';
import { blocks, shown, type Value } from '../model/value';
import { rule, unknownUntilApply } from '../rule';

/** ECS and the SDKs read credentials from these: https://docs.aws.amazon.com/securityhub/latest/userguide/ecs-controls.html#ecs-8 */
const CREDENTIALS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'ECS_ENGINE_AUTH_DATA'];

/** The endings of names of secrets: `DB_PASSWORD`, `dbPassword`, `PGPASSWORD`, `STRIPE_API_KEY`. */
const SECRET_NAME =
  /(?:password|passwd|passphrase|(?:^| )(?:pwd|pass)|secret|token|(?:^| )(?:credential|jwt|pat)|(?:api|access|private|secret|encryption|signing|master|account|auth) ?key)s?$/;

/** Endings of names for the encoding of a secret. */
const WRITTEN_AS = /(?: (?:value|plain|plaintext|text|base|base64|b64|\d+))+$/;

/** Values that are never secrets: switches and empty texts. */
const HARMLESS = /^(?:|true|false|yes|no|none|null)$/i;

/** Values that are secrets only with the name of a password: numbers, paths, ARNs, URLs without credentials. */
const HARMLESS_UNLESS_PASSWORD = /^(?:\d{1,9}|\/[\w./-]*|arn:[\w:/.-]+|https?:\/\/[^\s@?]*)$/i;

/**
 * Patterns of secrets: token formats of vendors, and credentials in URLs and connection strings.
 * https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns
 */
const SECRET_VALUES: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bgh[oprsu]_\w{36}|\bgithub_pat_\w{22}|\bglpat-[\w-]{20}/,
  /\bxox[abeoprs]-\w{10}|hooks\.slack\.com\/services\/T\w+\/B\w+\/\w+/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\./,
  /\b[rs]k_(?:live|test)_\w{10}|\bwhsec_\w{20}/,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/,
  /\bsk-(?:ant-|proj-)?[\w-]{20}/,
  /\bAIza[\w-]{35}|\bya29\.[\w-]{20}/,
  /\bnpm_\w{36}|\bpypi-[\w-]{40}|\bhvs\.[\w-]{20}|\bdop_v1_[0-9a-f]{64}|\bdapi[0-9a-f]{32}|\bshpat_[0-9a-f]{32}/,
  // jdbc:postgresql://user:password@host, redis://:password@host, jdbc:oracle:thin:user/password@host
  /[a-z][a-z0-9+.-]*:\/\/[^\s/:@?#]*:[^\s/@$]+@/i,
  /\bjdbc:oracle:\w+:[^\s/:]+\/[^\s@$]+@/i,
  /[?&;,\s](?:password|passwd|pwd|secret|access_?token|api_?key|account_?key|shared_?access_?key)=[^&;,\s$]/i,
];

/** Secret attributes of resources. */
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
  why: 'Everybody with access to the task definition can read plain variables, and they remain in the state and in old revisions.',
  sources: [
    'R4.2',
    'FSBP ECS.8',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/specifying-sensitive-data.html',
  ],
  appliesTo: (model) => model.all('aws_ecs_task_definition'),
  check: (task, model) =>
    containersUnknown(task)
      ? unknownUntilApply('container_definitions')
      : containersOf(task).flatMap((container) =>
          blocks(container['environment']).flatMap(({ name, value }) => {
            const reason = reasonOf(String(name), value, task.stack, model);
            if (reason === undefined) return [];
            // The value is not shown, because reports are stored and shared.
            const got = `${String(name)} of container ${shown(container['name'])}, ${reason}`;
            return [{ got, fix: 'store it in an SSM parameter and add the parameter to container.secrets' }];
          }),
        ),
});

function reasonOf(name: string, value: Value | undefined, stack: string, model: Model): string | undefined {
  const text = String(value ?? '');
  if (CREDENTIALS.includes(name)) return 'which AWS reads credentials from';
  if (SECRET_VALUES.some((pattern) => pattern.test(text))) return 'whose value looks like a secret';
  const targets = model.targets(value, stack);
  const source = targets.find(({ resource, attribute }) =>
    SECRET_ATTRIBUTES[resource.type]?.includes(String(attribute)),
  );
  if (source) return `whose value is ${source.resource.address}.${String(source.attribute)}`;
  const words = wordsOf(name);
  if (!SECRET_NAME.test(words) || HARMLESS.test(text)) return undefined;
  // The location of a secret is not a secret: `DB_SECRET` with its ARN.
  if (targets.length > 0 && targets.every(({ attribute }) => PLACE.test(String(attribute)))) return undefined;
  if (!/pass|pwd/.test(words) && HARMLESS_UNLESS_PASSWORD.test(text)) return undefined;
  return 'which is named like a secret';
}

/** Attributes with the location of a resource. */
const PLACE = /^(?:arn|id|name|url|endpoint)$/;

/** `dbPassword1` and `DB_PASSWORD_1` as `db password`. */
function wordsOf(name: string): string {
  const parts = name.replace(/([a-z])([A-Z])/g, '$1 $2').replace(/(\D)(\d+)$/, '$1 $2');
  return parts
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
    .replace(WRITTEN_AS, '');
}
