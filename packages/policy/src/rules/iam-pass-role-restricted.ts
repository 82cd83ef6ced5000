import { covers } from '../aws/iam-patterns';
import { allowedBy, identityPolicies, type IdentityPolicy, inStatement } from '../aws/identity-policies';
import type { Model } from '../model/model';
import type { PolicyStatement } from '../model/policy-statements';
import { type Finding, rule, unknownUntilApply } from '../rule';

export const iamPassRoleRestricted = rule({
  id: 'iam-pass-role-restricted',
  severity: 'error',
  what: 'iam:PassRole is limited to named roles and to the service that they are passed to',
  why: 'A principal that can pass any role to a service has the permissions of the most powerful role of the account.',
  sources: [
    'R9',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_PassedToService',
  ],
  appliesTo: (model) => [...new Set(policies(model).map(({ resource }) => resource))],
  check: (resource, model) =>
    policies(model)
      .filter((one) => one.resource === resource)
      .flatMap((policy) => [
        ...allowedBy(policy).filter(passesRoles).flatMap(findingsOf),
        ...(policy.unknown ? unknownUntilApply('a policy') : []),
      ]),
});

/** Policies that allow iam:PassRole, or may allow it. */
function policies(model: Model): readonly IdentityPolicy[] {
  return identityPolicies(model).filter((policy) => policy.unknown || allowedBy(policy).some(passesRoles));
}

function passesRoles({ actions }: PolicyStatement): boolean {
  return actions.some((action) => covers(action, 'iam:PassRole'));
}

function findingsOf(statement: PolicyStatement): Finding[] {
  const { resources, conditions } = statement;
  const services = conditions.filter(
    ({ operator, key }) => operator === 'StringEquals' && key.toLowerCase() === 'iam:passedtoservice',
  );
  return [
    ...resources
      .filter((resource) => /[*?]/.test(resource))
      .map((resource) => ({ got: inStatement(statement, `any role that matches ${resource}`), fix: 'name the roles' })),
    ...(services.length > 0
      ? []
      : [{ got: inStatement(statement, 'to any service'), fix: 'add the condition StringEquals iam:PassedToService' }]),
  ];
}
