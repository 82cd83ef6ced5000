import { allowedBy } from '../aws/identity-policies';
import type { Model } from '../model/model';
import { policyAt, type PolicyPrincipal, type PolicyStatement } from '../model/policy-statements';
import { shown } from '../model/value';
import { type Finding, rule, unknownUntilApply } from '../rule';

/** Services that send no source ARN, so that a condition on it would deny them, with the reason. */
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

export const trustPolicyRestricted = rule({
  id: 'trust-policy-restricted',
  severity: 'error',
  what: 'services can assume a role only for this account, and identity providers only for named audiences and subjects',
  why: 'Otherwise another customer of the service (the confused deputy), or anybody with an account at the provider, can use the role.',
  sources: [
    'R9.3',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html',
  ],
  appliesTo: (model) => model.all('aws_iam_role'),
  check(role, model) {
    const policy = policyAt(role.attributes, 'assume_role_policy');
    return [
      ...allowedBy(policy).flatMap((statement) =>
        statement.principals.flatMap((principal) => findingsOf(principal, statement, role.stack, model)),
      ),
      ...(policy.unknown ? unknownUntilApply('assume_role_policy') : []),
    ];
  },
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
  const accounts = valuesOf(statement, 'aws:SourceAccount', /^StringEquals$/);
  const arns = valuesOf(statement, 'aws:SourceArn', /^(?:Arn|String)(?:Like|Equals)$/);
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
      .map((arn) => ({ got: `${service} for ${arn}`, fix: 'add the account to aws:SourceArn' })),
  ];
}

/** `arn:partition:service:region:account:resource` */
function ofAnyAccount(arn: string): boolean {
  return /^(?:[^:]*[*?]|(?:[^:]*:){4}[^:]*[*?])/.test(arn);
}

/** The issuer of GitHub Actions; an enterprise can have its own, with its name as a path. */
const GITHUB = /^token\.actions\.githubusercontent\.com(?:\/|$)/;

/** Providers that sign tokens for all of their customers, with an example of a subject. */
const PUBLIC: readonly { readonly host: RegExp; readonly subject: RegExp; readonly example: string }[] = [
  {
    // https://docs.github.com/en/actions/reference/security/oidc#example-subject-claims
    host: GITHUB,
    subject: /^repo:[^/*?:]+\/[^/*?:]+:[^*?]+$/,
    example: 'repo:acme/nightshift:environment:prod',
  },
  {
    // https://docs.gitlab.com/ci/secrets/id_token_authentication/
    host: /^gitlab\.com$/,
    subject: /^project_path:[^*?:]+:[^*?]+$/,
    example: 'project_path:acme/nightshift:ref_type:branch:ref:main',
  },
];

/** Operators that require the claim in the token. */
const EXACT = /^(?:ForAnyValue:)?StringEquals(?:IgnoreCase)?$/;
const MATCHING = /^(?:ForAnyValue:)?String(?:Equals(?:IgnoreCase)?|Like)$/;

/**
 * The faults of trust in an OIDC identity provider: everyone with a token of the provider can assume the role, unless the
 * conditions name audience and subject. https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_oidc.html
 */
function federatedTrust(provider: string, statement: PolicyStatement, stack: string, model: Model): Finding[] {
  const host = hostOf(provider, stack, model);
  if (host === undefined) return [];
  const subjects = valuesOf(statement, `${host}:sub`, MATCHING);
  return [
    ...(valuesOf(statement, `${host}:aud`, EXACT).length > 0
      ? []
      : [
          {
            got: `${host} for any audience`,
            fix: `add the condition StringEquals ${host}:aud, such as sts.amazonaws.com`,
          },
        ]),
    ...(subjects.length > 0
      ? subjects.flatMap((subject) => ofSubject(subject, host))
      : [
          {
            got: `${host} for any subject`,
            fix: `add the condition StringEquals ${host}:sub with the subject that can assume the role`,
          },
        ]),
    ...(GITHUB.test(host) && subjects.length > 0 ? ofGitHub(statement, subjects, host) : []),
  ];
}

function ofSubject(subject: string, host: string): Finding[] {
  const provider = PUBLIC.find((one) => one.host.test(host));
  const got = `${host} for ${subject}`;
  if (!provider)
    return /^[^*?]/.test(subject) ? [] : [{ got, fix: 'start the subject with a name, not with a wildcard' }];
  if (provider.subject.test(subject)) return [];
  return [{ got, fix: `name one subject without wildcards, such as ${provider.example}` }];
}

/**
 * An environment alone lets every branch assume the role, and a branch alone skips the reviewers of the environment. STS compares these
 * claims since January 2026:
 * https://aws.amazon.com/about-aws/whats-new/2026/01/aws-sts-supports-validation-identity-provider-claims/
 */
function ofGitHub(statement: PolicyStatement, subjects: readonly string[], host: string): Finding[] {
  const claim = (name: string) => valuesOf(statement, `${host}:${name}`, MATCHING);
  const inSubjects = (name: string) => subjects.every((subject) => subject.includes(`:${name}:`));
  const sources = [...claim('ref'), ...claim('job_workflow_ref')];
  return [
    ...(claim('environment').length > 0 || inSubjects('environment')
      ? []
      : [
          {
            got: `${host} without an environment`,
            fix: `add the condition StringEquals ${host}:environment, or end ${host}:sub in :environment:<name>`,
          },
        ]),
    ...(sources.length > 0 || inSubjects('ref') || inSubjects('job_workflow_ref')
      ? []
      : [
          {
            got: `${host} for any branch`,
            fix: `add the condition StringEquals ${host}:ref, such as refs/heads/main, or ${host}:job_workflow_ref with workflow file and branch`,
          },
        ]),
    ...[...claim('environment'), ...sources]
      .filter((value) => /[*?]/.test(value))
      .map((value) => ({ got: `${host} for ${value}`, fix: 'use a value without wildcards' })),
  ];
}

/** The host of an OIDC provider, by ARN or by reference. @returns undefined for others, such as those of SAML */
function hostOf(provider: string, stack: string, model: Model): string | undefined {
  const [target] = model.targets(provider, stack);
  if (target?.resource.type === 'aws_iam_openid_connect_provider') {
    return shown(target.resource.attributes['url']).replace(/^https:\/\//, '');
  }
  return /:oidc-provider\/(.+)$/.exec(provider)?.[1];
}

function valuesOf({ conditions }: PolicyStatement, name: string, operators: RegExp): readonly string[] {
  return conditions
    .filter(({ operator, key }) => operators.test(operator) && key.toLowerCase() === name.toLowerCase())
    .flatMap(({ values }) => values);
}
