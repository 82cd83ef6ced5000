import { findingsIn, modelWith, type Resources } from '../model.fixture';
import type { Attributes } from '../model/value';
import { executionRoleSufficient } from './execution-role-sufficient';

const PARAMETER = 'arn:aws:ssm:us-east-1:123456789012:parameter/feed';
const SECRET = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:feed';
const all: readonly Attributes[] = [
  { Action: 'ecr:GetAuthorizationToken', Resource: '*' },
  { Action: ['ecr:Batch*', 'ecr:GetDownloadUrlForLayer'], Resource: '${aws_ecr_repository.Own.arn}' },
  { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: '${aws_cloudwatch_log_group.Own.arn}:*' },
  { Action: 'ssm:GetParameters', Resource: PARAMETER },
  { Action: 'secretsmanager:GetSecretValue', Resource: SECRET },
];
const without = (index: number) => all.filter((_, at) => at !== index);
const policyOf = (statements: readonly Attributes[]) =>
  JSON.stringify({ Statement: statements.map((one) => ({ Effect: 'Allow', ...one })) });
const checked = (policy: string, others: Resources = {}, image = '${aws_ecr_repository.Own.repository_url}:1') =>
  findingsIn(
    executionRoleSufficient,
    modelWith({
      aws_iam_role: { Execution: { name: 'execution' } },
      aws_iam_role_policy: { P: { role: '${aws_iam_role.Execution.name}', policy } },
      aws_ecr_repository: { Own: {} },
      aws_cloudwatch_log_group: { Own: {} },
      aws_ecs_task_definition: {
        T: {
          execution_role_arn: '${aws_iam_role.Execution.arn}',
          container_definitions: JSON.stringify([
            {
              name: 'app',
              image,
              secrets: [{ valueFrom: PARAMETER }, { valueFrom: SECRET }],
              logConfiguration: { options: { 'awslogs-group': '${aws_cloudwatch_log_group.Own.name}' } },
            },
          ]),
        },
      },
      ...others,
    }),
  );
const lacks = (what: string) => `aws_iam_role.Execution: no ${what} - allow it: the start of the task needs it`;

describe('execution-role-sufficient (R9.1)', () => {
  it('refuses a role that cannot pull, log or read secrets', () => {
    expect(checked(policyOf(without(0)))).toEqual([lacks('ecr:GetAuthorizationToken on *')]);
    expect(checked(policyOf(without(1)))).toEqual([
      lacks('ecr:BatchCheckLayerAvailability on aws_ecr_repository.Own'),
      lacks('ecr:BatchGetImage on aws_ecr_repository.Own'),
      lacks('ecr:GetDownloadUrlForLayer on aws_ecr_repository.Own'),
    ]);
    expect(checked(policyOf(without(2)))).toEqual([
      lacks('logs:CreateLogStream on the streams of aws_cloudwatch_log_group.Own'),
      lacks('logs:PutLogEvents on the streams of aws_cloudwatch_log_group.Own'),
    ]);
    expect(checked(policyOf(without(3)))).toEqual([lacks(`ssm:GetParameters on ${PARAMETER}`)]);
    expect(checked(policyOf(without(4)))).toEqual([lacks(`secretsmanager:GetSecretValue on ${SECRET}`)]);
  });

  it('treats a denied action as not allowed', () => {
    const denied = all.map((one) => ({ ...one, Effect: 'Deny' }));
    expect(checked(policyOf(denied))).toHaveLength(8);
  });

  it('accepts a role with these permissions, for any key of the secrets', () => {
    expect(checked(policyOf(all))).toEqual([]);
  });

  it('requires nothing for images and log groups of other configurations', () => {
    expect(checked(policyOf(all.slice(2)), {}, 'public.ecr.aws/nginx:1')).toEqual([]);
    expect(checked(policyOf(without(2)), { aws_cloudwatch_log_group: {} })).toEqual([]);
  });

  it('does not check policies and roles of another configuration, or policies that are unknown until apply', () => {
    const notChecked = (what: string) => [`aws_ecs_task_definition.T: not checked: ${what}`];
    const attachment = { A: { role: 'execution', policy_arn: 'arn:aws:iam::aws:policy/x' } };
    expect(checked(policyOf([]), { aws_iam_role_policy_attachment: attachment })).toEqual(
      notChecked('a policy attached to the execution role refers to something outside of the plan'),
    );
    expect(checked('${data.x.y.json}')).toEqual(notChecked('a policy of the execution role is unknown until apply'));
    expect(checked(policyOf([]), { aws_iam_role: {} })).toEqual(
      notChecked('execution_role_arn refers to something outside of the plan'),
    );
  });

  it('does not check containers that are unknown until apply, or a task without a role', () => {
    const task = (attributes: object) =>
      findingsIn(
        executionRoleSufficient,
        modelWith({ aws_ecs_task_definition: { T: { ...attributes } }, aws_iam_role: { R: { name: 'execution' } } }),
      );
    expect(task({})).toEqual([]);
    expect(task({ execution_role_arn: '${aws_iam_role.R.arn}', container_definitions: '${x}' })).toEqual([
      'aws_ecs_task_definition.T: not checked: container_definitions is unknown until apply',
    ]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(executionRoleSufficient, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
