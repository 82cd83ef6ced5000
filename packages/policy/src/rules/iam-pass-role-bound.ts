import { covers } from '../aws/iam-patterns';
import { allowedBy, identityPolicies, inStatement } from '../aws/identity-policies';
import type { PolicyStatement } from '../model/policy-statements';
import { type Finding, rule } from '../rule';

export const iamPassRoleBound = rule({
  id: 'iam-pass-role-bound',
  severity: 'error',
  what: 'iam:PassRole names the roles and the service that they are handed to',
  why: 'Whoever can pass any role to a service can do whatever the mightiest role of the account can.',
  sources: [
    'R9',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_PassedToService',
  ],
  appliesTo: (model) => identityPolicies(model).filter((policy) => allowedBy(policy).some(passesRoles)),
  check: (policy) => allowedBy(policy).filter(passesRoles).flatMap(findingsOf),
});

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
      .map((resource) => ({ got: inStatement(statement, `any role like ${resource}`), fix: 'name the roles' })),
    ...(services.length > 0
      ? []
      : [{ got: inStatement(statement, 'to any service'), fix: 'add the condition StringEquals iam:PassedToService' }]),
  ];
}
