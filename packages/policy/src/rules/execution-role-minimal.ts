import { allowedBy } from '../aws/identity-policies';
import { containerLogs } from '../aws/log-groups';
import { containersOf } from '../model/containers-of';
import type { Model } from '../model/model';
import type { PolicyStatement } from '../model/policy-statements';
import type { Resource } from '../model/subject';
import { at, blocks, shown } from '../model/value';
import { rule, type Finding } from '../rule';

/** What starting one task takes: whether a resource of a statement that allows the action is one of this task's. */
type Own = (resource: string, statement: PolicyStatement, policy: Resource) => boolean;

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
    if (!role) return [];
    const same = model.behind(task, 'task_role_arn', 'aws_iam_role').includes(role);
    return [
      ...(same ? [{ got: 'one role for both', fix: 'give the task a role of its own' }] : []),
      ...ofRole(role, ownThings(task, model), model),
    ];
  },
});

function ofRole(role: Resource, own: Readonly<Record<string, Own>>, model: Model): Finding[] {
  const attached = policiesOf(role, model, 'aws_iam_role_policy_attachment');
  const policies = policiesOf(role, model, 'aws_iam_role_policy');
  return [
    ...attached.map((subject) => ({
      subject,
      got: 'a policy attached',
      fix: "write what it needs into the role's own policy",
    })),
    ...policies.flatMap((subject) =>
      allowedBy(subject).flatMap((statement) =>
        superfluous(statement, own, subject).map((finding) => ({ ...finding, subject })),
      ),
    ),
  ];
}

function policiesOf(role: Resource, model: Model, type: string): readonly Resource[] {
  return model
    .all(type)
    .filter(({ attributes, stack }) => model.meant('aws_iam_role', attributes['role'], stack) === role);
}

function superfluous(statement: PolicyStatement, own: Readonly<Record<string, Own>>, policy: Resource): Finding[] {
  return statement.actions.flatMap((action) => {
    const others = statement.resources.filter((resource) => !own[action]?.(resource, statement, policy));
    if (others.length === 0) return [];
    return [{ got: `${action} on ${others.join(', ')}`, fix: 'remove it: starting the task does not need it' }];
  });
}

function ownThings(task: Resource, model: Model): Readonly<Record<string, Own>> {
  const containers = containersOf(task);
  const images = containers.flatMap(({ image }) => model.targets(image, task.stack).map(({ resource }) => resource));
  const groups = containerLogs(task, model).map(({ group }) => group);
  const secrets = containers.flatMap(({ secrets: some }) => blocks(some).map(({ valueFrom }) => shown(valueFrom)));
  const image: Own = (resource, _, { stack }) =>
    images.some((one) => one === model.meant('aws_ecr_repository', resource, stack, 'arn'));
  // In a plan, what is only known after apply has lost the text around its references.
  const streams: Own = (resource, _, { stack }) =>
    (resource.endsWith(':*') || model.source === 'plan') &&
    groups.some(
      (one) => one && one === model.meant('aws_cloudwatch_log_group', resource.replace(/:\*$/, ''), stack, 'arn'),
    );
  const secret: Own = (resource) => secrets.includes(resource);
  return {
    'ecr:GetAuthorizationToken': (resource) => resource === '*',
    'ecr:BatchCheckLayerAvailability': image,
    'ecr:BatchGetImage': image,
    'ecr:GetDownloadUrlForLayer': image,
    'logs:CreateLogStream': streams,
    'logs:PutLogEvents': streams,
    'ssm:GetParameters': secret,
    'secretsmanager:GetSecretValue': secret,
    'kms:Decrypt': (_, statement) => secrets.length > 0 && isOfSecrets(statement, secrets),
  };
}

/** The key of a parameter is not known here; its encryption context is: the parameter. */
function isOfSecrets({ conditions }: PolicyStatement, secrets: readonly string[]): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      operator === 'StringEquals' &&
      /^kms:EncryptionContext:(?:PARAMETER_ARN|SecretARN)$/.test(key) &&
      values.every((value) => secrets.includes(value)),
  );
}
