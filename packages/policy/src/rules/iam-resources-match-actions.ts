import { arnsOverlap } from '../aws/iam-patterns';
import { inStatement } from '../aws/identity-policies';
import { arnPattern } from '../aws/resource-arns';
import { actionsOf, arnsOf, takesNoResource } from '../aws/service-authorization';
import type { Model } from '../model/model';
import { policyDocuments, type PolicyStatement } from '../model/policy-statements';
import { type Finding, rule, unknownUntilApply } from '../rule';

export const iamResourcesMatchActions = rule({
  id: 'iam-resources-match-actions',
  severity: 'error',
  what: 'each action of a statement supports one of its resources, and each resource fits one of its actions',
  why: 'IAM ignores an action whose resource does not fit, so the call is denied, perhaps only during a release at night.',
  sources: [
    'R9',
    'https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html#resources_table',
  ],
  appliesTo: (model) => model.derive(policyDocuments),
  check: ({ stack, statements, unknown }, model) => [
    ...statements.flatMap((statement) => ofStatement(statement, stack, model)),
    ...(unknown ? unknownUntilApply('a policy') : []),
  ],
});

interface Action {
  readonly text: string;
  /** The ARNs of its resources. */
  readonly forms: readonly string[];
}

interface Named {
  readonly text: string;
  readonly pattern: string;
}

function ofStatement(statement: PolicyStatement, stack: string, model: Model): Finding[] {
  const actions = statement.actions.filter((action) => actionsOf(action).length > 0).map(formsOf);
  const resources = statement.resources.map((text) => ({ text, pattern: arnPattern(text, stack, model) }));
  if (actions.length === 0 || resources.length === 0) return [];
  const idle = actions.filter((action) => !resources.some((one) => takes(action, one)));
  const unused = resources.filter((one) => !actions.some((action) => takes(action, one)));
  return [
    ...idle.map(({ text, forms }) => ({
      got: inStatement(statement, `${text} on ${statement.resources.join(', ')}`),
      fix: takesNoResource(text)
        ? 'allow it on * in a separate statement: it does not support resource-level permissions'
        : `name what it takes: ${forms.join(' or ')}`,
    })),
    ...unused.map(({ text }) => ({
      got: inStatement(statement, `${text}, which none of its actions supports`),
      fix: 'correct it, or remove it',
    })),
  ];
}

function formsOf(text: string): Action {
  return { text, forms: arnsOf(text) };
}

function takes({ forms }: Action, { pattern }: Named): boolean {
  return pattern === '*' || forms.some((form) => arnsOverlap(pattern, form));
}
