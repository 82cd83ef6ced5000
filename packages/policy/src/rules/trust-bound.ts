import { federatedTrust } from '../aws/federated-trust';
import { allowedBy } from '../aws/identity-policies';
import type { Model } from '../model/model';
import type { PolicyPrincipal, PolicyStatement } from '../model/policy-statements';
import { rule, type Finding } from '../rule';

/** Services that send no source, so that a condition on it would refuse them, and how that is known. */
const WITHOUT_SOURCE: Readonly<Record<string, string>> = {
  'codedeploy.amazonaws.com':
    'its documented trust has no condition: https://docs.aws.amazon.com/codedeploy/latest/userguide/getting-started-create-service-role.html',
};

/**
 * Services that document the form of their `aws:SourceArn`:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html#create_task_iam_policy_and_role
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
const WITH_SOURCE_ARN: readonly string[] = ['ecs-tasks.amazonaws.com', 'vpc-flow-logs.amazonaws.com'];

export const trustBound = rule({
  id: 'trust-bound',
  severity: 'error',
  what: 'services take a role only for this account, and identity providers only for named audiences and subjects',
  why: 'Another customer of the service could make it use the role (the confused deputy), or anybody with an account at the provider could.',
  sources: [
    'R9.3',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
  ],
  appliesTo: (model) => model.all('aws_iam_role'),
  check: (role, model) =>
    allowedBy(role, 'assume_role_policy').flatMap((statement) =>
      statement.principals.flatMap((principal) => findingsOf(principal, statement, role.stack, model)),
    ),
});

function findingsOf(
  { kind, value }: PolicyPrincipal,
  statement: PolicyStatement,
  stack: string,
  model: Model,
): Finding[] {
  if (kind === 'Service') return ofService(value, statement);
  if (kind === 'Federated') return federatedTrust(value, statement, stack, model);
  return value === '*' ? [{ got: 'trust in everyone', fix: 'name the service or the account' }] : [];
}

function ofService(service: string, statement: PolicyStatement): Finding[] {
  if (WITHOUT_SOURCE[service] !== undefined) return [];
  const accounts = valuesOf(statement, 'aws:SourceAccount', ['StringEquals']);
  const arns = valuesOf(statement, 'aws:SourceArn', ['ArnLike', 'ArnEquals', 'StringLike', 'StringEquals']);
  const needsArn = WITH_SOURCE_ARN.includes(service);
  return [
    ...(accounts.length > 0
      ? []
      : [{ got: `${service} for any account`, fix: 'add the condition StringEquals aws:SourceAccount' }]),
    ...(arns.length > 0 || !needsArn
      ? []
      : [{ got: `${service} for any resource`, fix: 'add the condition ArnLike aws:SourceArn' }]),
    ...arns
      .filter(ofAnyAccount)
      .map((arn) => ({ got: `${service} for ${arn}`, fix: 'write the account into aws:SourceArn' })),
  ];
}

function valuesOf({ conditions }: PolicyStatement, name: string, operators: readonly string[]): readonly string[] {
  return conditions
    .filter(({ operator, key }) => operators.includes(operator) && key.toLowerCase() === name.toLowerCase())
    .flatMap(({ values }) => values);
}

/** `arn:partition:service:region:account:resource` */
function ofAnyAccount(arn: string): boolean {
  return /^(?:[^:]*[*?]|(?:[^:]*:){4}[^:]*[*?])/.test(arn);
}
