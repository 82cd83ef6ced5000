import type { Environment } from '@nightshift/config';
import { literal, type Statement } from '@nightshift/stack';
import { streamsOf } from './execution-role-statements';

export interface ExecInput {
  /** The log group of sessions. */
  readonly logGroupArn: string;
  readonly keyArn: string;
}

/**
 * The permissions of the ECS Exec agent in the task:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-required-iam-permissions
 */
export function execStatements({ logGroupArn, keyArn }: ExecInput): Statement[] {
  return [
    {
      // These actions have no resource-level permissions.
      Sid: 'ExecChannels',
      Effect: 'Allow',
      Action: [
        'ssmmessages:CreateControlChannel',
        'ssmmessages:CreateDataChannel',
        'ssmmessages:OpenControlChannel',
        'ssmmessages:OpenDataChannel',
      ],
      Resource: ['*'],
    },
    { Sid: 'ExecFindLogGroup', Effect: 'Allow', Action: ['logs:DescribeLogGroups'], Resource: ['*'] },
    {
      Sid: 'ExecWriteLogs',
      Effect: 'Allow',
      Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
      Resource: [streamsOf(logGroupArn)],
    },
    { Sid: 'ExecDecryptSession', Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [keyArn] },
  ];
}

/** The permissions of the application, from the environment file (R9.2). */
export function applicationStatements(statements: Environment['task']['statements']): Statement[] {
  return statements.map(({ sid, actions, resources, conditions }) => ({
    Sid: sid,
    Effect: 'Allow',
    Action: actions,
    Resource: resources.map(literal),
    ...(Object.keys(conditions).length > 0 && { Condition: literalConditions(conditions) }),
  }));
}

type Conditions = Environment['task']['statements'][number]['conditions'];

/** Policy variables such as `${aws:PrincipalTag/team}` are for IAM, not for Terraform. */
function literalConditions(conditions: Conditions): Conditions {
  return Object.fromEntries(
    Object.entries(conditions).map(([operator, keys]) => [
      operator,
      Object.fromEntries(
        Object.entries(keys).map(([key, value]) => [
          key,
          typeof value === 'string' ? literal(value) : value.map(literal),
        ]),
      ),
    ]),
  );
}
