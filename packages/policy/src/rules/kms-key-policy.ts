import { covers } from '../aws/iam-patterns';
import { allowedBy, inStatement } from '../aws/identity-policies';
import { publishersOf } from '../aws/publishers';
import type { Model, Resource } from '../model/model';
import { type PolicyPrincipal, type PolicyStatement, policyAt } from '../model/policy-statements';
import { at, shown, texts } from '../model/value';
import { type Finding, outsideOfPlan, rule, unknownUntilApply } from '../rule';

/** The key actions of each service, by the first label of its principal, since the principal of CloudWatch Logs contains a region. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  logs: [
    'kms:Encrypt',
    'kms:Decrypt',
    'kms:ReEncryptFrom',
    'kms:ReEncryptTo',
    'kms:GenerateDataKey',
    'kms:DescribeKey',
  ],
  cloudwatch: ['kms:Decrypt', 'kms:GenerateDataKey'],
  events: ['kms:Decrypt', 'kms:GenerateDataKey'],
};

export const kmsKeyPolicy = rule({
  id: 'kms-key-policy',
  severity: 'error',
  what: 'a key has rotation, and its policy allows only the account and the services that use the key',
  why: 'If a key policy excludes alarms or events, they are lost without an error. Any other principal in it can decrypt the data.',
  sources: [
    'R8.2',
    'R12.4',
    'CKV_AWS_7',
    'CKV2_AWS_64',
    'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html',
    'https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services',
  ],
  appliesTo: (model) => model.all('aws_kms_key'),
  check: (key, model) => [
    ...(at(key.attributes, 'enable_key_rotation') === true
      ? []
      : [{ got: `enable_key_rotation ${shown(at(key.attributes, 'enable_key_rotation'))}`, fix: 'set it to true' }]),
    ...ofPolicy(key, model),
  ],
});

function ofPolicy(key: Resource, model: Model): Finding[] {
  if (at(key.attributes, 'policy') === undefined) {
    return [
      { got: 'no policy', fix: 'set the policy in the key: a separate aws_kms_key_policy may be applied too late' },
    ];
  }
  const policy = policyAt(key.attributes, 'policy');
  if (policy.unknown) return unknownUntilApply('policy');
  const allowed = allowedBy(policy);
  const groups = usersOf(key, model, 'aws_cloudwatch_log_group');
  const publishers = usersOf(key, model, 'aws_sns_topic').flatMap((topic) => publishersOf(topic, model));
  const users = new Set([...(groups.length > 0 ? ['logs'] : []), ...publishers.map(firstLabel)]);
  return [
    ...(allowed.some(({ principals }) => principals.some(isAccount)) ? [] : [notAdmitted('the account')]),
    ...[...users].flatMap((user) => ofUser(user, allowed)),
    ...allowed.flatMap(({ principals }) =>
      principals.filter((one) => !isExpected(one, users)).flatMap((one) => superfluous(one, model)),
    ),
    ...groups.flatMap((group) => ofGroup(group, allowed, model)),
    ...allowed.filter((statement) => isConditioned(statement)).map(conditioned),
  ];
}

function usersOf(key: Resource, model: Model, type: string): readonly Resource[] {
  return model.uses(key).flatMap(({ user }) => (user.type === type ? [user] : []));
}

function ofUser(user: string, allowed: readonly PolicyStatement[]): Finding[] {
  const granted = grantsTo(user, allowed).flatMap(({ actions }) => actions);
  if (granted.length === 0) return [notAdmitted(user)];
  const lacking = texts(ACTIONS[user]).filter((action) => !granted.some((pattern) => covers(pattern, action)));
  if (lacking.length === 0) return [];
  return [{ got: `${user} without ${lacking.join(', ')}`, fix: 'allow the actions to encrypt and decrypt' }];
}

function grantsTo(user: string, allowed: readonly PolicyStatement[]): readonly PolicyStatement[] {
  return allowed.filter(({ principals }) => principals.some((one) => isService(one) && firstLabel(one.value) === user));
}

/** CloudWatch Logs sends the ARN of the log group in the encryption context. */
function ofGroup(group: Resource, allowed: readonly PolicyStatement[], model: Model): Finding[] {
  const name = shown(model.literal(group.attributes['name'], group.stack));
  const arns = grantsTo('logs', allowed)
    .flatMap(({ conditions }) => conditions)
    .flatMap(({ key, values }) => (key === 'kms:EncryptionContext:aws:logs:arn' ? values : []));
  if (arns.some((arn) => admitsGroup(arn, name, model))) return [];
  return [
    { got: `log group ${name} is not allowed`, fix: 'add its ARN to the condition kms:EncryptionContext:aws:logs:arn' },
  ];
}

/** In a plan, an ARN known after apply lacks the text around its references. */
function admitsGroup(arn: string, name: string, { source }: Model): boolean {
  const [, pattern] = arn.split(':log-group:');
  return pattern === undefined ? source === 'plan' : covers(pattern, name);
}

/** "Adding the aws:SourceAccount, aws:SourceArn, and aws:SourceOrgID to a AWS KMS policy is not supported for EventBridge". */
function isConditioned({ principals, conditions }: PolicyStatement): boolean {
  return conditions.length > 0 && principals.some((one) => isService(one) && firstLabel(one.value) === 'events');
}

function conditioned(statement: PolicyStatement): Finding {
  return {
    got: inStatement(statement, 'a condition on EventBridge, which sends no source'),
    fix: 'remove the condition',
  };
}

function isExpected(principal: PolicyPrincipal, users: ReadonlySet<string>): boolean {
  return isService(principal) ? users.has(firstLabel(principal.value)) : isAccount(principal);
}

function isService({ kind }: PolicyPrincipal): boolean {
  return kind === 'Service';
}

function isAccount({ kind, value }: PolicyPrincipal): boolean {
  return kind === 'AWS' && /^arn:[^:]+:iam::[^:*]+:root$/.test(value);
}

function firstLabel(service: string): string {
  return service.replace(/\..*$/, '');
}

function notAdmitted(who: string): Finding {
  return { got: `${who} is not allowed`, fix: 'add a statement for it' };
}

/** In a plan, a service may use the key for a resource of another configuration. */
function superfluous({ kind, value }: PolicyPrincipal, { source }: Model): Finding[] {
  if (kind === 'Service' && source === 'plan') return outsideOfPlan(`what ${value} encrypts with the key`);
  return [{ got: `${value} is allowed but does not use the key`, fix: 'allow only services that use the key' }];
}
