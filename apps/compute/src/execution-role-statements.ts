import type { Statement } from '@nightshift/stack';

export interface ExecutionRoleInput {
  readonly repositoryArn: string;
  /** Log groups of the task's containers. */
  readonly logGroupArns: readonly string[];
  /** SSM parameters that become environment variables. */
  readonly secretArns: readonly string[];
  /** All keys of this account and region; a condition limits them to the parameters. */
  readonly anyKeyArn: string;
  readonly region: string;
}

/**
 * The permissions to start a task (R9.1).
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
 */
export function executionRoleStatements(input: ExecutionRoleInput): Statement[] {
  return [
    // The authorization token is for the whole registry of the account, without resource-level permissions.
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

/** The streams of a log group: CloudWatch Logs matches stream actions only with `:*` at the end of the ARN. */
export function streamsOf(logGroupArn: string): string {
  return `${logGroupArn}:*`;
}

function readSecrets({ secretArns, anyKeyArn, region }: ExecutionRoleInput): Statement[] {
  return [
    { Sid: 'ReadSecrets', Effect: 'Allow', Action: ['ssm:GetParameters'], Resource: [...secretArns] },
    {
      // The parameters are created outside of the platform with any key, so the encryption context limits decryption to them.
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
