import { findingsIn, modelWith, type Resources } from '../model.fixture';
import { Model } from '../model/model';
import type { Attributes } from '../model/value';
import { executionRoleMinimal } from './execution-role-minimal';

const SECRET = 'arn:aws:ssm:us-east-1:123456789012:parameter/feed';
const container = (secrets: readonly string[]) => ({
  name: 'app',
  image: '${aws_ecr_repository.Own.repository_url}:initial',
  secrets: secrets.map((valueFrom) => ({ name: 'FEED', valueFrom })),
  logConfiguration: { options: { 'awslogs-group': '${aws_cloudwatch_log_group.Own.name}' } },
});
const fixed: Resources = {
  aws_iam_role: { Execution: { name: 'execution' }, Task: { name: 'task' } },
  aws_ecr_repository: { Own: {}, Other: {} },
  aws_cloudwatch_log_group: { Own: {}, Other: {} },
};
interface Given {
  readonly task?: Attributes;
  readonly secrets?: readonly string[];
  readonly others?: Resources;
}
const modelOf = (statements: readonly Attributes[], { task = {}, secrets = [], others = {} }: Given = {}) =>
  modelWith({
    ...fixed,
    aws_ecs_task_definition: {
      T: {
        execution_role_arn: '${aws_iam_role.Execution.arn}',
        task_role_arn: '${aws_iam_role.Task.arn}',
        container_definitions: JSON.stringify([container(secrets)]),
        ...task,
      },
    },
    aws_iam_role_policy: {
      P: {
        role: '${aws_iam_role.Execution.name}',
        policy: JSON.stringify({ Statement: statements.map((one) => ({ Effect: 'Allow', ...one })) }),
      },
    },
    ...others,
  });
const checked = (...given: Parameters<typeof modelOf>) => findingsIn(executionRoleMinimal, modelOf(...given));
const pull = (repository: string) => ({
  Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
  Resource: [`\${aws_ecr_repository.${repository}.arn}`],
});
const write = (streams: string) => ({ Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: streams });
const decrypt = (Condition: Attributes) => ({
  Action: 'kms:Decrypt',
  Resource: 'arn:aws:kms:us-east-1:1:key/*',
  Condition,
});
const bound = decrypt({ StringEquals: { 'kms:EncryptionContext:PARAMETER_ARN': [SECRET] } });
const tooMuch = (what: string) =>
  `aws_iam_role_policy.P: ${what} - allow only the permissions that the start of the task needs`;

describe('execution-role-minimal (R9.1)', () => {
  it('refuses other repositories, log groups, secrets and actions', () => {
    expect(
      checked([
        { ...pull('Other'), Action: 'ecr:BatchGetImage' },
        { Action: 'logs:PutLogEvents', Resource: '${aws_cloudwatch_log_group.Other.arn}:*' },
        { Action: 'ssm:GetParameters', Resource: SECRET },
        { Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::b'] },
      ]),
    ).toEqual([
      tooMuch('ecr:BatchGetImage on ${aws_ecr_repository.Other.arn}'),
      tooMuch('logs:PutLogEvents on ${aws_cloudwatch_log_group.Other.arn}:*'),
      tooMuch(`ssm:GetParameters on ${SECRET}`),
      tooMuch('s3:GetObject on arn:aws:s3:::a, arn:aws:s3:::b'),
    ]);
  });

  it('refuses a log group without its streams, which CloudWatch Logs does not match', () => {
    const own = '${aws_cloudwatch_log_group.Own.arn}';
    expect(checked([{ Action: 'logs:PutLogEvents', Resource: own }])).toEqual([tooMuch(`logs:PutLogEvents on ${own}`)]);
  });

  it('accepts a log group of a plan, which lacks the text around its references', () => {
    const { stacks } = modelOf([write('${aws_cloudwatch_log_group.Own.arn}')]);
    expect(findingsIn(executionRoleMinimal, new Model({ source: 'plan', stacks }))).toEqual([]);
  });

  it('refuses to decrypt anything but the secrets', () => {
    const refused = [tooMuch('kms:Decrypt on arn:aws:kms:us-east-1:1:key/*')];
    const other = decrypt({ StringEquals: { 'kms:EncryptionContext:PARAMETER_ARN': 'other' } });
    const like = decrypt({ StringLike: { 'kms:EncryptionContext:PARAMETER_ARN': SECRET } });
    const via = decrypt({ StringEquals: { 'kms:ViaService': SECRET } });
    for (const statement of [other, like, via]) expect(checked([statement], { secrets: [SECRET] })).toEqual(refused);
    expect(checked([bound])).toEqual(refused);
  });

  it('refuses managed policies, one role for execution and task, and a missing role', () => {
    const attachment = { A: { role: 'execution', policy_arn: 'arn:aws:iam::aws:policy/x' } };
    expect(checked([], { others: { aws_iam_role_policy_attachment: attachment } })).toEqual([
      'aws_iam_role_policy_attachment.A: a policy attached - put the required permissions into an inline policy of the role',
    ]);
    expect(checked([], { task: { task_role_arn: '${aws_iam_role.Execution.arn}' } })).toEqual([
      'aws_ecs_task_definition.T: one role for execution and task - use a separate task role',
    ]);
    expect(checked([], { task: { execution_role_arn: null } })).toEqual([
      'aws_ecs_task_definition.T: no execution_role_arn - set a role that can pull the image and write the logs',
    ]);
  });

  it('accepts the permissions to start the task', () => {
    const statements = [
      { Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      pull('Own'),
      write('${aws_cloudwatch_log_group.Own.arn}:*'),
      { Action: 'ssm:GetParameters', Resource: [SECRET] },
      bound,
    ];
    expect(checked(statements, { secrets: [SECRET] })).toEqual([]);
  });

  it('does not check a role of another configuration', () => {
    expect(checked([], { task: { execution_role_arn: 'arn:aws:iam::123456789012:role/x' } })).toEqual([
      'aws_ecs_task_definition.T: not checked: execution_role_arn refers to something outside of the plan',
    ]);
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(executionRoleMinimal, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
