import { testEnvironment } from '@nightshift/testing';
import { applicationStatements, execStatements } from './task-role-statements';

const application = (...statements: { sid: string; actions: string[]; resources: string[]; conditions?: object }[]) =>
  applicationStatements(testEnvironment({ task: { statements: statements as never } }).task.statements);

describe('task role', () => {
  it('R9.2 has no permissions for the application by default', () => {
    expect(application()).toEqual([]);
  });

  it('R9.2 has the statements of the environment file', () => {
    const resources = ['arn:aws:s3:::risk-results/*'];
    expect(application({ sid: 'WriteResults', actions: ['s3:PutObject'], resources })).toEqual([
      { Sid: 'WriteResults', Effect: 'Allow', Action: ['s3:PutObject'], Resource: resources },
    ]);
  });

  it('R9.2 keeps policy variables in resources and conditions for IAM', () => {
    const conditions = {
      StringEquals: { 'aws:PrincipalTag/team': '${aws:ResourceTag/team}' },
      StringLike: { 's3:prefix': ['${aws:username}/*', 'shared/*'] },
    };
    const [statement] = application({
      sid: 'Own',
      actions: ['s3:GetObject'],
      resources: ['arn:aws:s3:::risk/${aws:PrincipalTag/team}/*'],
      conditions,
    });
    expect(statement).toMatchObject({
      Resource: ['arn:aws:s3:::risk/$${aws:PrincipalTag/team}/*'],
      Condition: {
        StringEquals: { 'aws:PrincipalTag/team': '$${aws:ResourceTag/team}' },
        StringLike: { 's3:prefix': ['$${aws:username}/*', 'shared/*'] },
      },
    });
  });

  it('R3.3 can open, encrypt and log ECS Exec sessions', () => {
    const statements = execStatements({ logGroupArn: 'arn:exec', keyArn: 'arn:key' });
    expect(statements.filter(({ Resource }) => !Resource?.includes('*'))).toEqual([
      {
        Sid: 'ExecWriteLogs',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        Resource: ['arn:exec:*'],
      },
      { Sid: 'ExecDecryptSession', Effect: 'Allow', Action: ['kms:Decrypt'], Resource: ['arn:key'] },
    ]);
  });

  it('R9.2 uses all resources (*) only for actions without resource-level permissions', () => {
    const statements = execStatements({ logGroupArn: 'arn:exec', keyArn: 'arn:key' });
    expect(statements.filter(({ Resource }) => Resource?.includes('*')).flatMap(({ Action }) => Action)).toEqual([
      'ssmmessages:CreateControlChannel',
      'ssmmessages:CreateDataChannel',
      'ssmmessages:OpenControlChannel',
      'ssmmessages:OpenDataChannel',
      'logs:DescribeLogGroups',
    ]);
  });
});
