import { synthCompute } from './compute-stack.fixture';

const stack = synthCompute({
  container: { secrets: { DATABASE_PASSWORD: '/risk/database-password' } },
  task: {
    statements: [{ sid: 'Results', actions: ['s3:PutObject'], resources: ['arn:aws:s3:::risk-results/*'] }],
  },
});
const roles = ['Execution', 'Task'];
const account = '${data.aws_caller_identity.Account.account_id}';
const region = '${data.aws_region.Region.name}';
const partition = '${data.aws_partition.Partition.partition}';

describe('task roles', () => {
  it.each(roles)('R9.3 the %s role trusts ECS for this account only', (role) => {
    expect(stack.parsed('aws_iam_role', `TaskRoles/${role}/Resource`, 'assume_role_policy')).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'ecs-tasks.amazonaws.com' },
          Action: ['sts:AssumeRole'],
          Condition: {
            StringEquals: { 'aws:SourceAccount': account },
            ArnLike: { 'aws:SourceArn': `arn:${partition}:ecs:${region}:${account}:*` },
          },
        },
      ],
    });
  });

  it.each([
    ['Execution', 'iam-role-execution-test', 'iam-policy-execution-test'],
    ['Task', 'iam-role-task-test', 'iam-policy-task-test'],
  ])('the %s role has one inline policy', (role, name, policy) => {
    expect(stack.resource('aws_iam_role', `TaskRoles/${role}/Resource`)['name']).toBe(name);
    expect(stack.resource('aws_iam_role_policy', `TaskRoles/${role}/Policy`)).toMatchObject({
      name: policy,
      role: stack.reference('aws_iam_role', `TaskRoles/${role}/Resource`, 'name'),
    });
  });

  it('R9.1 the execution role can pull from the registry, write to the log group of the container and read the secrets', () => {
    const parameter = `arn:${partition}:ssm:${region}:${account}:parameter/risk/database-password`;
    expect(stack.parsed('aws_iam_role_policy', 'TaskRoles/Execution/Policy', 'policy')).toMatchObject({
      Statement: [
        { Sid: 'LogInToRegistry' },
        { Sid: 'PullImage', Resource: ['arn:aws:ecr:us-east-1:123456789012:repository/ecr-repository-test'] },
        {
          Sid: 'WriteLogs',
          Resource: [`${stack.reference('aws_cloudwatch_log_group', 'Logs/Container', 'arn')}:*`],
        },
        { Sid: 'ReadSecrets', Resource: [parameter] },
        {
          Sid: 'DecryptSecrets',
          Resource: [`arn:${partition}:kms:${region}:${account}:key/*`],
          Condition: {
            StringEquals: {
              'kms:ViaService': `ssm.${region}.amazonaws.com`,
              'kms:EncryptionContext:PARAMETER_ARN': [parameter],
            },
          },
        },
      ],
    });
  });

  it('R9.2 the task role has the permissions of ECS Exec and of the environment file', () => {
    expect(stack.parsed('aws_iam_role_policy', 'TaskRoles/Task/Policy', 'policy')).toMatchObject({
      Statement: [
        { Sid: 'ExecChannels' },
        { Sid: 'ExecFindLogGroup' },
        { Sid: 'ExecWriteLogs', Resource: [`${stack.reference('aws_cloudwatch_log_group', 'Logs/Exec', 'arn')}:*`] },
        { Sid: 'ExecDecryptSession', Resource: [stack.reference('aws_kms_key', 'Logs/Key/Resource', 'arn')] },
        { Sid: 'Results', Action: ['s3:PutObject'], Resource: ['arn:aws:s3:::risk-results/*'] },
      ],
    });
  });
});
