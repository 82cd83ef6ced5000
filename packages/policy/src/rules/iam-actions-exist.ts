import { inStatement } from '../aws/identity-policies';
import { actionsOf } from '../aws/service-authorization';
import { policyDocuments } from '../model/policy-statements';
import { rule, unknownUntilApply } from '../rule';

export const iamActionsExist = rule({
  id: 'iam-actions-exist',
  severity: 'error',
  what: 'policies name actions that AWS has',
  why: 'IAM takes any word for an action: a misspelt one allows nothing, or fails to deny.',
  sources: [
    'R9',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html',
  ],
  appliesTo: (model) => model.derive(policyDocuments),
  check: ({ statements, unknown }) => [
    ...statements.flatMap((statement) =>
      [...statement.actions, ...statement.notActions]
        .filter((action) => action !== '*' && actionsOf(action).length === 0)
        .map((action) => ({
          got: inStatement(statement, `${action}, which AWS does not have`),
          fix: "correct it: the service's page of the service authorization reference lists its actions",
        })),
    ),
    ...(unknown ? unknownUntilApply('a policy') : []),
  ],
});
