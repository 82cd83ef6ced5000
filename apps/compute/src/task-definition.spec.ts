import { synthCompute } from './compute-stack.fixture';

const PATH = 'TaskDefinition/Resource';
const stack = synthCompute({ container: { secrets: { DATABASE_PASSWORD: '/risk/database-password' } } });
const definition = stack.resource('aws_ecs_task_definition', PATH);
const containers = stack.parsed('aws_ecs_task_definition', PATH, 'container_definitions');

describe('task definition', () => {
  it('R4.1 limits the task and its container to 2048 CPU units and 4096 MiB', () => {
    expect(definition).toMatchObject({ cpu: '2048', memory: '4096' });
    expect(containers).toMatchObject([{ cpu: 2048, memory: 4096 }]);
  });

  it('uses Fargate with the configured architecture', () => {
    expect(definition).toMatchObject({
      family: 'ecs-task-test',
      requires_compatibilities: ['FARGATE'],
      network_mode: 'awsvpc',
      runtime_platform: { operating_system_family: 'LINUX', cpu_architecture: 'X86_64' },
    });
    const arm = synthCompute({ task: { architecture: 'ARM64' } }).resource('aws_ecs_task_definition', PATH);
    expect(arm).toMatchObject({ runtime_platform: { cpu_architecture: 'ARM64' } });
  });

  it('R9 has an execution role and a task role', () => {
    expect(definition).toMatchObject({
      execution_role_arn: stack.reference('aws_iam_role', 'TaskRoles/Execution/Resource', 'arn'),
      task_role_arn: stack.reference('aws_iam_role', 'TaskRoles/Task/Resource', 'arn'),
    });
  });

  it('R4.2 uses an image from the registry of the environment', () => {
    expect(containers).toMatchObject([
      { image: '123456789012.dkr.ecr.us-east-1.amazonaws.com/ecr-repository-test:initial' },
    ]);
  });

  it('R8.1 logs to the log group of the container', () => {
    expect(containers).toMatchObject([
      {
        logConfiguration: {
          options: {
            'awslogs-group': stack.reference('aws_cloudwatch_log_group', 'Logs/Container', 'name'),
            'awslogs-region': '${data.aws_region.Region.name}',
          },
        },
      },
    ]);
  });

  it('has a volume for each writable directory', () => {
    expect(definition['volume']).toEqual([
      { name: 'tmp' },
      { name: 'exec-agent' },
      { name: 'exec-state' },
      { name: 'exec-log' },
    ]);
  });

  it('refers to secrets by the ARNs that the execution role can read', () => {
    const arn =
      'arn:${data.aws_partition.Partition.partition}:ssm:${data.aws_region.Region.name}:${data.aws_caller_identity.Account.account_id}:parameter/risk/database-password';
    expect(containers).toMatchObject([{ secrets: [{ name: 'DATABASE_PASSWORD', valueFrom: arn }] }]);
    expect(stack.parsed('aws_iam_role_policy', 'TaskRoles/Execution/Policy', 'policy')).toMatchObject({
      Statement: expect.arrayContaining([expect.objectContaining({ Sid: 'ReadSecrets', Resource: [arn] })]) as unknown,
    });
  });

  it('creates the new revision before it replaces the old one, and keeps the running revision until a release', () => {
    expect(definition['lifecycle']).toEqual({ create_before_destroy: true });
    expect(definition['skip_destroy']).toBe(true);
  });
});
