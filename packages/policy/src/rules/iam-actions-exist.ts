import { inStatement } from '../aws/identity-policies';
import { actionsOf } from '../aws/service-authorization';
import { policyDocuments } from '../model/policy-statements';
import { rule, unknownUntilApply } from '../rule';

export const iamActionsExist = rule({
  id: 'iam-actions-exist',
  severity: 'error',
  what: 'policies contain only actions that exist',
  why: 'IAM accepts any text as an action. A misspelt action allows nothing, or denies nothing.',
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
          got: inStatement(statement, `${action}, which does not exist`),
          fix: 'correct it: the Service Authorization Reference lists the actions of each service',
        })),
    ),
    ...(unknown ? unknownUntilApply('a policy') : []),
  ],
});
