import { allowedBy, attachments, identityPolicies, inStatement } from '../aws/identity-policies';
import { allowedWildcards, takesNoResource } from '../aws/service-authorization';
import { type Policy, policyAt, type PolicyStatement } from '../model/policy-statements';
import { type Finding, rule, unknownUntilApply } from '../rule';

const RESOURCE_POLICIES = [
  'aws_vpc_endpoint',
  'aws_sns_topic_policy',
  'aws_s3_bucket_policy',
  'aws_ecr_repository_policy',
];

export const iamNoWildcard = rule({
  id: 'iam-no-wildcard',
  severity: 'error',
  what: 'policies list actions without wildcards and, where AWS supports resource-level permissions, resources',
  why: 'Each unneeded permission is available to an attacker.',
  sources: [
    'R9.2',
    'R11.3',
    'CKV_AWS_290',
    'CKV_AWS_355',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  ],
  appliesTo: (model) => [
    ...new Set([...identityPolicies(model), ...attachments(model)].map(({ resource }) => resource)),
    ...model.all(...RESOURCE_POLICIES),
  ],
  check(resource, model) {
    if (RESOURCE_POLICIES.includes(resource.type)) return ofPolicy(policyAt(resource.attributes, 'policy'), ofResource);
    return [
      ...identityPolicies(model)
        .filter((one) => one.resource === resource)
        .flatMap((policy) => ofPolicy(policy, ofIdentity)),
      ...attachments(model)
        .filter((one) => one.resource === resource)
        .flatMap(({ policy }) => ofAttachment(policy)),
    ];
  },
});

function ofPolicy(policy: Policy, check: (statement: PolicyStatement) => Finding[]): Finding[] {
  return [
    ...allowedBy(policy).flatMap((statement) => [...inverted(statement), ...check(statement)]),
    ...(policy.unknown ? unknownUntilApply('a policy') : []),
  ];
}

function inverted(statement: PolicyStatement): Finding[] {
  const { notActions, notResources } = statement;
  const all = [...notActions, ...notResources];
  if (all.length === 0) return [];
  return [
    {
      got: inStatement(statement, `everything but ${all.join(', ')}`),
      fix: 'list the allowed actions and resources in Action and Resource',
    },
  ];
}

function ofIdentity(statement: PolicyStatement): Finding[] {
  const { actions, resources } = statement;
  const wide = actions.filter(isWide);
  if (wide.length > 0) return [wideAction(statement, wide)];
  const scoped = resources.includes('*') ? actions.filter((action) => !mayBeOnAll(action)) : [];
  if (scoped.length === 0) return [];
  return [
    {
      got: inStatement(statement, `${scoped.join(', ')} on *`),
      fix: 'list ARNs: these actions support resource-level permissions (exceptions: packages/policy/src/aws/service-authorization.ts)',
    },
  ];
}

function mayBeOnAll(action: string): boolean {
  return takesNoResource(action) || allowedWildcards[action] !== undefined;
}

/** Principals also need an identity policy, so an endpoint policy may allow all actions of a service to one account. */
function ofResource(statement: PolicyStatement): Finding[] {
  const { actions, resources, conditions } = statement;
  const own = conditions.some(({ operator, key }) => operator === 'StringEquals' && key === 'aws:PrincipalAccount');
  const wide = actions.filter((action) => action === '*' || (isWide(action) && !own));
  if (wide.length > 0) return [wideAction(statement, wide)];
  if (own || !resources.includes('*')) return [];
  return [
    {
      got: inStatement(statement, `${actions.join(', ')} on *`),
      fix: 'list ARNs, or add a condition on aws:PrincipalAccount',
    },
  ];
}

/** AWS managed policies contain no specific resources. */
function ofAttachment(arn: string): Finding[] {
  if (!/:iam::aws:policy\//.test(arn)) return [];
  return [{ got: `AWS managed policy ${arn}`, fix: 'put the required permissions into a policy of the role' }];
}

function isWide(action: string): boolean {
  return /^(?:\*|[^:]*:\*)$/.test(action);
}

function wideAction(statement: PolicyStatement, actions: readonly string[]): Finding {
  return { got: inStatement(statement, actions.join(', ')), fix: 'list the required actions' };
}
