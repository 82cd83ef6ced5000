import { containersUnknown } from '../aws/containers';
import { covers } from '../aws/iam-patterns';
import { allowedBy, type IdentityPolicy, policiesOf } from '../aws/identity-policies';
import { type StartNeed, startNeeds } from '../aws/start-needs';
import { at } from '../model/value';
import { outsideOfPlan, rule, unknownUntilApply } from '../rule';

export const executionRoleSufficient = rule({
  id: 'execution-role-sufficient',
  severity: 'error',
  what: 'the execution role can pull the image, read the secrets and write the log groups of its task',
  why: 'Without one of these permissions no task starts, and the service retries without end.',
  sources: ['R9.1', 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html'],
  appliesTo: (model) => model.all('aws_ecs_task_definition'),
  check(task, model) {
    const [role] = model.behind(task, 'execution_role_arn', 'aws_iam_role');
    if (!role)
      return at(task.attributes, 'execution_role_arn') === undefined ? [] : outsideOfPlan('execution_role_arn');
    if (containersUnknown(task)) return unknownUntilApply('container_definitions');
    const policies = policiesOf(role, model);
    if (!policies) return outsideOfPlan('a policy attached to the execution role');
    if (policies.some(({ unknown }) => unknown)) return unknownUntilApply('a policy of the execution role');
    const lacking = startNeeds(task, model).filter(
      (need) => need.certain && !policies.some((policy) => grants(policy, need)),
    );
    return lacking.map(({ action, what }) => ({
      subject: role,
      got: `no ${action} on ${what}`,
      fix: 'allow it: the start of the task needs it',
    }));
  },
});

function grants(policy: IdentityPolicy, { action, on }: StartNeed): boolean {
  return allowedBy(policy).some(
    (statement) =>
      statement.actions.some((pattern) => covers(pattern, action)) &&
      statement.resources.some((resource) => on(resource, statement, policy.resource)),
  );
}
