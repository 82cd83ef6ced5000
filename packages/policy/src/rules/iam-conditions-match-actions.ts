import { inStatement } from '../aws/identity-policies';
import { actionsOf, documentedConditions, isGlobalKey, takesKey } from '../aws/service-authorization';
import { type PolicyCondition, policyDocuments, type PolicyStatement } from '../model/policy-statements';
import { type Finding, rule, unknownUntilApply } from '../rule';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const OPERATOR =
  /^(?:ForAllValues:|ForAnyValue:)?(?:(?:String(?:Not)?(?:Equals|EqualsIgnoreCase|Like)|(?:Numeric|Date)(?:(?:Not)?Equals|(?:Less|Greater)Than(?:Equals)?)|Bool|BinaryEquals|(?:Not)?IpAddress|Arn(?:Not)?(?:Equals|Like))(?:IfExists)?|Null)$/i;

export const iamConditionsMatchActions = rule({
  id: 'iam-conditions-match-actions',
  severity: 'error',
  what: 'conditions use operators of IAM, and condition keys that the actions of their statement support',
  why: 'A condition key that is not in the request matches nothing, so an Allow statement does not allow and a Deny statement does not deny.',
  sources: [
    'R9.3',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html',
    'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html',
  ],
  appliesTo: (model) => model.derive(policyDocuments),
  check: ({ statements, unknown }) => [
    ...statements.flatMap((statement) =>
      statement.conditions.flatMap((condition) => ofCondition(condition, statement)),
    ),
    ...(unknown ? unknownUntilApply('a policy') : []),
  ],
});

function ofCondition(condition: PolicyCondition, statement: PolicyStatement): Finding[] {
  const { operator, key } = condition;
  return [
    ...(OPERATOR.test(operator)
      ? []
      : [{ got: inStatement(statement, `operator ${operator}`), fix: 'use an operator of IAM, such as StringEquals' }]),
    ...statement.actions
      .filter((action) => !takes(action, condition, statement))
      .map((action) => ({
        got: inStatement(statement, `${key}, which ${action} does not support`),
        fix: isGlobalLike(key)
          ? 'correct the key: AWS has no such one for this action'
          : `correct the key, or move ${action} to a statement without it`,
      })),
  ];
}

/** The rule iam-actions-exist reports unknown actions. */
function takes(action: string, { key }: PolicyCondition, statement: PolicyStatement): boolean {
  const actions = actionsOf(action);
  return (
    isGlobalKey(key) ||
    actions.length === 0 ||
    actions.some((one) => takesKey(one, key)) ||
    isOfProvider(key, statement) ||
    documentedConditions.some((one) => one.action === action && one.key === key)
  );
}

/** A sign-in through an identity provider has the claims of the provider as condition keys: `oidc.example.com:sub`. */
function isOfProvider(key: string, { principals }: PolicyStatement): boolean {
  return principals.some(
    ({ kind, value }) => kind === 'Federated' && value.endsWith(`oidc-provider/${key.replace(/:[^:]*$/, '')}`),
  );
}

function isGlobalLike(key: string): boolean {
  return /^aws:/i.test(key);
}
