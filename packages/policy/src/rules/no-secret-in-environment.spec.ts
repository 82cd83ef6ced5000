import { findingsIn, modelWith } from '../model.fixture';
import { noSecretInEnvironment } from './no-secret-in-environment';

function checked(environment: Readonly<Record<string, string>>) {
  const variables = Object.entries(environment).map(([name, value]) => ({ name, value }));
  const container_definitions = JSON.stringify([{ name: 'batch', environment: variables }]);
  const model = modelWith(
    { aws_ecs_task_definition: { Task: { container_definitions } }, random_password: { P: {} } },
    { data: { aws_ssm_parameter: { Feed: {} } } },
  );
  return findingsIn(noSecretInEnvironment, model);
}

const refusal = (name: string, reason: string) => [
  `aws_ecs_task_definition.Task: ${name} of container batch, ${reason} - store it in an SSM parameter and add the parameter to container.secrets`,
];

describe('no-secret-in-environment (R4.2)', () => {
  it.each(['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'ECS_ENGINE_AUTH_DATA'])(
    'refuses %s',
    (name) => expect(checked({ [name]: 'x' })).toEqual(refusal(name, 'which AWS reads credentials from')),
  );

  it.each([
    'FEED_PASSWORD',
    'password',
    'API_KEY',
    'apikey',
    'AUTH_TOKEN',
    'CLIENT_SECRET',
    'db.pwd',
    'PRIVATE_KEY',
    'PGPASSWORD',
    'dbPassword',
    'DB_PASSWORD_2',
    'MYSQL_ROOT_PASSWORD',
    'JWT',
    'SIGNING_KEY_BASE64',
  ])('refuses a value for %s', (name) =>
    expect(checked({ [name]: 'hunter2' })).toEqual(refusal(name, 'which is named like a secret')),
  );

  it.each([
    ['an access key', `AKIA${'A2'.repeat(8)}`],
    ['a private key', ['-----BEGIN RSA', 'PRIVATE KEY-----'].join(' ')],
    ['a token of GitHub', `ghp_${'a1'.repeat(18)}`],
    ['a token of Slack', `xoxb-${'1'.repeat(12)}`],
    ['a web token', `eyJ${'a'.repeat(12)}.eyJ${'b'.repeat(12)}.c`],
    ['a URL with a password', 'postgres://risk:hunter2@db.example.com/risk'],
    ['a URL of JDBC', 'jdbc:postgresql://app:s3cr3t@db:5432/x'],
    ['a URL of JDBC for Oracle', 'jdbc:oracle:thin:scott/tiger@//db:1521/x'],
    ['a URL without a user', 'redis://:pw123@h:6379'],
    ['a connection string', 'Server=db;Database=x;User Id=sa;Password=hunter2'],
    ['a key of Stripe', `sk_live_${'a1'.repeat(12)}`],
    ['a key of SendGrid', `SG.${'a'.repeat(22)}.${'b'.repeat(43)}`],
    ['a token of GitLab', `glpat-${'a'.repeat(20)}`],
    ['a key of Google', `AIza${'a'.repeat(35)}`],
  ])('refuses %s in any variable, and does not print it', (_, value) => {
    expect(checked({ PLAIN: value })).toEqual(refusal('PLAIN', 'whose value looks like a secret'));
  });

  it.each([
    ['${random_password.P.result}', 'random_password.P.result'],
    ['${data.aws_ssm_parameter.Feed.value}', 'data.aws_ssm_parameter.Feed.value'],
  ])('refuses %s', (value, source) => {
    expect(checked({ PLAIN: value })).toEqual(refusal('PLAIN', `whose value is ${source}`));
  });

  it('accepts modes, addresses, switches, numbers and names of secrets', () => {
    const variables = {
      MODE: 'night',
      URL: 'https://example.com/a:b@c',
      FEED_TOKEN: '',
      USE_PASSWORD: 'true',
      MAX_TOKENS: '5',
      SECRET_NAME: 'feed',
      MONKEY: 'x',
      AUTH_TOKEN_TTL: '3600',
      TOKEN_URL: 'https://x/y',
      PASSWORD_FILE: '/run/x',
      DB_SECRET: '/prod/db',
      FEED_SECRET: '${data.aws_ssm_parameter.Feed.arn}',
      FEED: '${data.aws_ssm_parameter.Feed.arn}',
    };
    expect(checked(variables)).toEqual([]);
  });

  it('accepts a variable with an unknown value', () => {
    const container_definitions = '[{"environment":[{"name":"FEED_TOKEN"}]}]';
    const model = modelWith({ aws_ecs_task_definition: { Task: { container_definitions } } });
    expect(findingsIn(noSecretInEnvironment, model)).toEqual([]);
  });

  it('treats a number as a password, and a plain value by reference as a secret', () => {
    expect(checked({ DB_PASSWORD: '123456' })).toEqual(refusal('DB_PASSWORD', 'which is named like a secret'));
    expect(checked({ FEED_TOKEN: '${data.aws_ssm_parameter.Feed.version}' })).toEqual(
      refusal('FEED_TOKEN', 'which is named like a secret'),
    );
  });

  it('does not apply to other resources', () => {
    expect(findingsIn(noSecretInEnvironment, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
