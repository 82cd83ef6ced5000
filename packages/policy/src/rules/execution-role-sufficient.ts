import { covers } from '../aws/iam-patterns';
import { allowedBy, rolePolicies } from '../aws/identity-policies';
import { type StartNeed, startNeeds } from '../aws/start-needs';
import type { Resource } from '../model/model';
import { statementsOf } from '../model/policy-statements';
import { rule } from '../rule';

export const executionRoleSufficient = rule({
  id: 'execution-role-sufficient',
  severity: 'error',
  what: 'the execution role can pull the image, read the secrets and write the log groups of its task',
  why: 'Without any of it no task starts, and the service tries again for ever.',
  sources: ['R9.1', 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html'],
  appliesTo: (model) => model.all('aws_ecs_task_definition'),
  check(task, model) {
    const [role] = model.behind(task, 'execution_role_arn', 'aws_iam_role');
    // What is attached is refused elsewhere; what it allows is not written here.
    if (!role || rolePolicies(role, model, 'aws_iam_role_policy_attachment').length > 0) return [];
    const policies = rolePolicies(role, model, 'aws_iam_role_policy');
    if (policies.some((policy) => statementsOf(policy, 'policy') === undefined)) return [];
    const lacking = startNeeds(task, model).filter(
      (need) => need.certain && !policies.some((policy) => grants(policy, need)),
    );
    return lacking.map(({ action, what }) => ({
      subject: role,
      got: `no ${action} on ${what}`,
      fix: 'allow it: starting the task needs it',
    }));
  },
});

function grants(policy: Resource, { action, on }: StartNeed): boolean {
  return allowedBy(policy).some(
    (statement) =>
      statement.actions.some((pattern) => covers(pattern, action)) &&
      statement.resources.some((resource) => on(resource, statement, policy)),
  );
}
