import { containersUnknown } from '../aws/containers';
import { allowedBy, attachedTo, inlinePolicies } from '../aws/identity-policies';
import { type StartNeed, startNeeds } from '../aws/start-needs';
import type { Model, Resource } from '../model/model';
import type { PolicyStatement } from '../model/policy-statements';
import { at } from '../model/value';
import { type Finding, outsideOfPlan, rule, unknownUntilApply } from '../rule';

export const executionRoleMinimal = rule({
  id: 'execution-role-minimal',
  severity: 'error',
  what: 'the execution role can only pull the image, read the secrets and write to the log groups of its task, and is not the task role',
  why: 'ECS uses this role only to start a task. More permissions help only an attacker.',
  sources: [
    'R9.1',
    'CKV_AWS_249',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html',
  ],
  appliesTo: (model) => model.all('aws_ecs_task_definition'),
  check(task, model) {
    if (at(task.attributes, 'execution_role_arn') === undefined) {
      return [{ got: 'no execution_role_arn', fix: 'set a role that can pull the image and write the logs' }];
    }
    const [role] = model.behind(task, 'execution_role_arn', 'aws_iam_role');
    if (!role) return outsideOfPlan('execution_role_arn');
    if (containersUnknown(task)) return unknownUntilApply('container_definitions');
    const same = model.behind(task, 'task_role_arn', 'aws_iam_role').includes(role);
    return [
      ...(same ? [{ got: 'one role for execution and task', fix: 'use a separate task role' }] : []),
      ...ofRole(role, startNeeds(task, model), model),
    ];
  },
});

function ofRole(role: Resource, needs: readonly StartNeed[], model: Model): Finding[] {
  return [
    ...attachedTo(role, model).map(({ resource: subject }) => ({
      subject,
      got: 'a policy attached',
      fix: 'put the required permissions into an inline policy of the role',
    })),
    ...inlinePolicies(role, model).flatMap((policy) =>
      [
        ...allowedBy(policy).flatMap((statement) => superfluous(statement, needs, policy.resource)),
        ...(policy.unknown ? unknownUntilApply('a policy') : []),
      ].map((finding) => ({ ...finding, subject: policy.resource })),
    ),
  ];
}

function superfluous(statement: PolicyStatement, needs: readonly StartNeed[], policy: Resource): Finding[] {
  return statement.actions.flatMap((action) => {
    const own = needs.filter((need) => need.action === action);
    const others = statement.resources.filter((resource) => !own.some(({ on }) => on(resource, statement, policy)));
    if (others.length === 0) return [];
    return [
      { got: `${action} on ${others.join(', ')}`, fix: 'allow only the permissions that the start of the task needs' },
    ];
  });
}
