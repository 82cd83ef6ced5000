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
  what: 'the execution role can pull this image, read these secrets, write these log groups, nothing else, and is not the task role',
  why: 'ECS takes the role before any code runs; what it can do beyond that serves an intruder only.',
  sources: [
    'R9.1',
    'CKV_AWS_249',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html',
  ],
  appliesTo: (model) => model.all('aws_ecs_task_definition'),
  check(task, model) {
    if (at(task.attributes, 'execution_role_arn') === undefined) {
      return [{ got: 'no execution_role_arn', fix: 'give it a role that pulls the image and writes the logs' }];
    }
    const [role] = model.behind(task, 'execution_role_arn', 'aws_iam_role');
    if (!role) return outsideOfPlan('execution_role_arn');
    if (containersUnknown(task)) return unknownUntilApply('container_definitions');
    const same = model.behind(task, 'task_role_arn', 'aws_iam_role').includes(role);
    return [
      ...(same ? [{ got: 'one role for both', fix: 'give the task a role of its own' }] : []),
      ...ofRole(role, startNeeds(task, model), model),
    ];
  },
});

function ofRole(role: Resource, needs: readonly StartNeed[], model: Model): Finding[] {
  return [
    ...attachedTo(role, model).map(({ resource: subject }) => ({
      subject,
      got: 'a policy attached',
      fix: "write what it needs into the role's own policy",
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
    return [{ got: `${action} on ${others.join(', ')}`, fix: 'allow only what starting the task needs' }];
  });
}
