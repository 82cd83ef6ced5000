import type { Statement } from '@nightshift/stack';
import { testEnvironment, type EnvironmentOverrides } from '@nightshift/testing';
import { endpointStatements, gatewayStatements } from './endpoint-policies';
import { iamPrefixes, type EndpointService } from './endpoint-services';

const place = { partition: 'aws', region: 'eu-west-1', account: '123456789012' };
const ofAccount = { StringEquals: { 'aws:PrincipalAccount': '123456789012' } };
const services = Object.keys(iamPrefixes) as EndpointService[];

const statementsOf = (service: EndpointService, overrides: EnvironmentOverrides = {}) =>
  endpointStatements(service, testEnvironment(overrides), place);
const summary = (statements: readonly Statement[]) =>
  statements.map(({ Action, Resource }) => ({ actions: Action, resources: Resource }));

const application = {
  task: {
    statements: [
      { sid: 'Inputs', actions: ['s3:GetObject', 'kms:Decrypt'], resources: ['arn:aws:s3:::inputs/${aws:userid}/*'] },
      { sid: 'Queue', actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:eu-west-1:123456789012:results'] },
    ],
  },
} satisfies EnvironmentOverrides;

describe('policies of interface endpoints (R11.3)', () => {
  it.each(services)('allow only principals of this account, and never all actions: %s', (service) => {
    const statements = statementsOf(service);
    expect(statements.map(({ Principal, Condition }) => [Principal, Condition])).toEqual(
      statements.map(() => ['*', ofAccount]),
    );
    expect(statements.flatMap(({ Action }) => Action)).not.toContain('*');
  });

  it.each(services)('contain actions of their own service only: %s', (service) => {
    const foreign = statementsOf(service, application)
      .flatMap(({ Action }) => Action)
      .filter((action) => !action.startsWith(`${iamPrefixes[service]}:`));
    expect(foreign).toEqual([]);
  });

  it.each(['ecr.api', 'ecr.dkr'] as const)('allow pulls from this account, and no pushes: %s', (service) => {
    expect(summary(statementsOf(service))).toEqual([
      { actions: ['ecr:GetAuthorizationToken'], resources: ['*'] },
      {
        actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        resources: ['arn:aws:ecr:eu-west-1:123456789012:repository/*'],
      },
    ]);
  });

  it('allow writes to log streams, and not the creation of log groups', () => {
    expect(summary(statementsOf('logs'))).toEqual([
      {
        actions: ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
        resources: ['arn:aws:logs:eu-west-1:123456789012:log-group:*'],
      },
      { actions: ['logs:DescribeLogGroups'], resources: ['*'] },
    ]);
  });

  it('R3.3 allow the ECS Exec agent to open its channels and decrypt its sessions', () => {
    expect(summary(statementsOf('ssmmessages'))).toEqual([
      {
        actions: [
          'ssmmessages:CreateControlChannel',
          'ssmmessages:CreateDataChannel',
          'ssmmessages:OpenControlChannel',
          'ssmmessages:OpenDataChannel',
        ],
        resources: ['*'],
      },
    ]);
    expect(summary(statementsOf('kms'))).toEqual([
      { actions: ['kms:Decrypt'], resources: ['arn:aws:kms:eu-west-1:123456789012:key/*'] },
    ]);
  });

  it('allow a task to read its metadata and set its scale-in protection', () => {
    expect(summary(statementsOf('ecs'))).toEqual([
      {
        actions: ['ecs:DescribeTasks', 'ecs:GetTaskProtection', 'ecs:UpdateTaskProtection'],
        resources: ['arn:aws:ecs:eu-west-1:123456789012:task/*'],
      },
    ]);
    expect(summary(statementsOf('ecs-agent'))).toEqual([{ actions: ['ecs:Poll'], resources: ['*'] }]);
    expect(summary(statementsOf('ecs-telemetry'))).toEqual([
      { actions: ['ecs:StartTelemetrySession'], resources: ['*'] },
    ]);
  });

  it('allow reads of the secrets of the container, each parameter once', () => {
    const secrets = { A: '/risk/password', B: '/risk/password', C: '/risk/token' };
    expect(summary(statementsOf('ssm', { container: { secrets } }))).toEqual([
      {
        actions: ['ssm:GetParameters'],
        resources: [
          'arn:aws:ssm:eu-west-1:123456789012:parameter/risk/password',
          'arn:aws:ssm:eu-west-1:123456789012:parameter/risk/token',
        ],
      },
    ]);
  });

  it('R9.2 allow the actions of the service in the environment file', () => {
    expect(statementsOf('sqs', application)).toEqual([
      {
        Sid: 'ApplicationQueue',
        Effect: 'Allow',
        Principal: '*',
        Action: ['sqs:SendMessage'],
        Resource: ['arn:aws:sqs:eu-west-1:123456789012:results'],
        Condition: ofAccount,
      },
    ]);
    expect(statementsOf('kms', application).map(({ Sid }) => Sid)).toEqual(['DecryptSessions', 'ApplicationInputs']);
  });

  it('split a statement for several services by the service of its resources', () => {
    const queue = 'arn:aws:sqs:eu-west-1:123456789012:results';
    const mixed = {
      sid: 'Mixed',
      actions: ['s3:GetObject', 'sqs:SendMessage'],
      resources: ['arn:aws:s3:::inputs/*', queue],
    };
    const overrides = { task: { statements: [mixed] } };
    expect(summary(statementsOf('sqs', overrides))).toEqual([{ actions: ['sqs:SendMessage'], resources: [queue] }]);
    expect(gatewayStatements(testEnvironment(overrides), place).slice(1)).toMatchObject([
      { Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::inputs/*'] },
    ]);
  });

  it('allow this account everything if the environment file requests an endpoint without actions', () => {
    expect(summary(statementsOf('sns', application))).toEqual([{ actions: ['sns:*'], resources: ['*'] }]);
  });
});

describe('policy of the gateway endpoint', () => {
  it('R11.2 allows image layers, whose presigned URLs ECR signs with an account of AWS', () => {
    expect(gatewayStatements(testEnvironment(), place)).toEqual([
      {
        Sid: 'PullImageLayers',
        Effect: 'Allow',
        Principal: '*',
        Action: ['s3:GetObject'],
        Resource: ['arn:aws:s3:::prod-eu-west-1-starport-layer-bucket/*'],
      },
    ]);
  });

  it('R9.2 allows the application its own buckets, and keeps policy variables for IAM', () => {
    expect(gatewayStatements(testEnvironment(application), place).slice(1)).toEqual([
      {
        Sid: 'ApplicationInputs',
        Effect: 'Allow',
        Principal: '*',
        Action: ['s3:GetObject'],
        Resource: ['arn:aws:s3:::inputs/$${aws:userid}/*'],
        Condition: ofAccount,
      },
    ]);
  });
});
