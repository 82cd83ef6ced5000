import { executionRoleStatements, streamsOf } from './execution-role-statements';

const statements = (secretArns: string[] = []) =>
  executionRoleStatements({
    repositoryArn: 'arn:repository',
    logGroupArns: ['arn:one', 'arn:two'],
    secretArns,
    anyKeyArn: 'arn:key/*',
    region: 'eu-central-1',
  });

describe('execution role', () => {
  it('R9.1 can pull from this repository, write to these log groups, and nothing else', () => {
    expect(statements()).toEqual([
      { Sid: 'LogInToRegistry', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
      {
        Sid: 'PullImage',
        Effect: 'Allow',
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: ['arn:repository'],
      },
      {
        Sid: 'WriteLogs',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: ['arn:one:*', 'arn:two:*'],
      },
    ]);
  });

  it('R9.1 can read and decrypt the configured parameters, and no others', () => {
    expect(statements(['arn:parameter']).slice(3)).toEqual([
      { Sid: 'ReadSecrets', Effect: 'Allow', Action: ['ssm:GetParameters'], Resource: ['arn:parameter'] },
      {
        Sid: 'DecryptSecrets',
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: ['arn:key/*'],
        Condition: {
          StringEquals: {
            'kms:ViaService': 'ssm.eu-central-1.amazonaws.com',
            'kms:EncryptionContext:PARAMETER_ARN': ['arn:parameter'],
          },
        },
      },
    ]);
  });

  it('cannot create a log group: a destroyed group must not come back', () => {
    expect(statements(['arn:parameter']).flatMap(({ Action }) => Action)).not.toContain('logs:CreateLogGroup');
  });

  it('names log streams in the form that CloudWatch Logs matches', () => {
    expect(streamsOf('arn:aws:logs:eu-central-1:123456789012:log-group:one')).toBe(
      'arn:aws:logs:eu-central-1:123456789012:log-group:one:*',
    );
  });
});
