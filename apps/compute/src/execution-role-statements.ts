import type { Statement } from '@nightshift/stack';

export interface ExecutionRoleInput {
  readonly repositoryArn: string;
  /** Groups that the task's containers write. */
  readonly logGroupArns: readonly string[];
  /** SSM parameters that become environment variables. */
  readonly secretArns: readonly string[];
  /** Every key of this account and region; a condition narrows it to the parameters. */
  readonly anyKeyArn: string;
  readonly region: string;
}

/**
 * What ECS needs to start a task, and nothing else (R9.1).
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function executionRoleStatements(input: ExecutionRoleInput): Statement[] {
  return [
    // The token is for the whole registry of the account; AWS offers no narrower resource.
    { Sid: 'LogInToRegistry', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
    {
      Sid: 'PullImage',
      Effect: 'Allow',
      Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      Resource: [input.repositoryArn],
    },
    {
      Sid: 'WriteLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: input.logGroupArns.map(streamsOf),
    },
    ...(input.secretArns.length > 0 ? readSecrets(input) : []),
  ];
}

/** A group's streams: CloudWatch Logs matches stream actions on the ARN with `:*` only. */
export function streamsOf(logGroupArn: string): string {
  return `${logGroupArn}:*`;
}

function readSecrets({ secretArns, anyKeyArn, region }: ExecutionRoleInput): Statement[] {
  return [
    { Sid: 'ReadSecrets', Effect: 'Allow', Action: ['ssm:GetParameters'], Resource: [...secretArns] },
    {
      // The parameters are made outside of the platform, under whatever key: the context binds it to them alone.
      // https://docs.aws.amazon.com/kms/latest/developerguide/services-parameter-store.html#parameter-store-encryption-context
      Sid: 'DecryptSecrets',
      Effect: 'Allow',
      Action: ['kms:Decrypt'],
      Resource: [anyKeyArn],
      Condition: {
        StringEquals: {
          'kms:ViaService': `ssm.${region}.amazonaws.com`,
          'kms:EncryptionContext:PARAMETER_ARN': [...secretArns],
        },
      },
    },
  ];
}
