import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { environmentFixture } from '@nightshift/testing/environment';
import { fakeCloudEffects } from './cloud-effects.fixture';
import type { LocalCloud } from '@nightshift/local-cloud';
import { callerOf, clientConfig, connectEnvironment, connectRegistry, guardAccount } from './aws-clients';
import type { STSClient } from '@aws-sdk/client-sts';

const CALLER = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>arn:aws:iam::123456789012:user/night</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

const local = environmentFixture({ name: 'local', file: { cloud: 'local' } });

describe('the configuration of AWS clients', () => {
  const asked: string[] = [];
  const before = { ...process.env };
  let server: Server;
  let url: string;
  let directory: string;
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'aws-'));
    server = createServer(({ headers, url: path }, response) => {
      asked.push(`${String(headers.authorization).split('/')[0]} ${String(path)}`);
      response.setHeader('content-type', 'text/xml');
      response.end(path === '/' ? CALLER : '<ListBucketResult/>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.close();
    rmSync(directory, { recursive: true });
  });
  beforeEach(() => {
    asked.length = 0;
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  });

  /** A shell with settings that lead AWS clients elsewhere, or make them fail. */
  function hostileShell(): Record<string, string> {
    const file = join(directory, 'config');
    writeFileSync(
      file,
      '[default]\nuse_fips_endpoint = true\nuse_dualstack_endpoint = true\nignore_configured_endpoint_urls = true\n' +
        'endpoint_url = https://elsewhere.example.com\nretry_mode = none\n',
    );
    return {
      AWS_CONFIG_FILE: file,
      AWS_USE_FIPS_ENDPOINT: 'true',
      AWS_USE_DUALSTACK_ENDPOINT: 'true',
      AWS_CA_BUNDLE: '/none/such',
      AWS_PROFILE: 'none',
      AWS_ENDPOINT_URL_STS: 'https://elsewhere.example.com',
      AWS_ENDPOINT_URL_S3: 'https://elsewhere.example.com',
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true',
      AWS_MAX_ATTEMPTS: 'many',
      AWS_DEFAULTS_MODE: 'none',
    };
  }

  it('points to the local cloud, whatever variables and files the user has', async () => {
    const env = hostileShell();
    Object.assign(process.env, env);
    const variables = { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'secret' };
    const files = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
    const cloud = { childEnvironment: () => Promise.resolve({ PATH: '/bin', ...variables, ...files }) };
    const effects = { env, envFiles: {}, localCloud: () => Promise.resolve(cloud as unknown as LocalCloud) };
    const { sts, s3 } = await connectEnvironment(local, effects);
    expect((await callerOf(sts)).account).toBe('123456789012');
    await s3.send(new ListObjectsV2Command({ Bucket: 'states' }));
    expect(asked).toEqual([
      'AWS4-HMAC-SHA256 Credential=local /',
      'AWS4-HMAC-SHA256 Credential=local /states/?list-type=2',
    ]);
    expect(Object.keys(process.env).filter((name) => name.startsWith('AWS_'))).toEqual([
      'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED',
      ...Object.keys({ ...variables, ...files }),
    ]);
  });

  it("points to AWS with the user's variables, in the region of the environment", async () => {
    const environment = environmentFixture({ file: { region: 'eu-west-1' } });
    const effects = fakeCloudEffects();
    const file = join(directory, 'risk');
    writeFileSync(file, '[profile risk]\nregion = eu-west-1\n');
    effects.env = { AWS_CONFIG_FILE: file, AWS_DEFAULT_PROFILE: 'risk', AWS_REGION: undefined };
    const { s3, kms, sts } = await connectEnvironment(environment, effects);
    const { ecr } = await connectRegistry(environment, effects);
    for (const { config } of [s3, kms, sts, ecr]) expect(await config.region()).toBe('eu-west-1');
    expect(s3.config.followRegionRedirects).toBe(true);
    expect(s3.config.endpoint).toBeUndefined();
    expect(await clientConfig(environment, effects)).not.toHaveProperty('credentials');
    expect(process.env).toMatchObject({ AWS_PROFILE: 'risk' });
    expect(process.env).not.toHaveProperty('AWS_REGION');
  });

  it('prefers keys to a profile, as Terraform does', async () => {
    const keys = { AWS_ACCESS_KEY_ID: 'mine', AWS_SECRET_ACCESS_KEY: 'secret' };
    const effects = fakeCloudEffects();
    effects.env = { ...keys, AWS_PROFILE: 'default' };
    const credentials = { accessKeyId: 'mine', secretAccessKey: 'secret' };
    expect(await clientConfig(environmentFixture(), effects)).toMatchObject({ credentials });
    effects.env = { ...effects.env, AWS_SESSION_TOKEN: 'token' };
    expect((await clientConfig(environmentFixture(), effects)).credentials).toEqual({
      ...credentials,
      sessionToken: 'token',
    });
  });

  it("suppresses the SDK's warning about later Node.js versions, unless the user sets the variable", async () => {
    const name = 'AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED';
    const effects = fakeCloudEffects();
    await clientConfig(environmentFixture(), effects);
    expect(process.env[name]).toBe('true');
    effects.env = { [name]: 'false' };
    await clientConfig(environmentFixture(), effects);
    expect(process.env[name]).toBe('false');
  });
});

describe('callerOf', () => {
  const answering = (answer: object) => ({ send: () => Promise.resolve(answer) }) as unknown as STSClient;

  it('returns the identity of the credentials and their partition', async () => {
    const sts = answering({ Account: '123456789012', Arn: 'arn:aws:iam::123456789012:user/deploy' });
    expect(await callerOf(sts)).toEqual({
      account: '123456789012',
      arn: 'arn:aws:iam::123456789012:user/deploy',
      partition: 'aws',
    });
  });

  it('accepts a response without fields', async () => {
    expect(await callerOf(answering({}))).toEqual({ account: '', arn: '', partition: '' });
  });
});

describe('guardAccount', () => {
  const caller = { account: '123456789012', arn: 'arn:x', partition: 'aws' };

  it('accepts the account of the environment, and any account if the environment has none', () => {
    guardAccount({ name: 'dev', account: { id: '123456789012' } }, caller);
    guardAccount({ name: 'dev', account: undefined }, caller);
    expect(() => {
      guardAccount({ name: 'dev', account: { id: '999999999999' } }, caller);
    }).toThrow(
      'environments/dev.yaml: account.id: only account 999999999999 is allowed, got credentials of account 123456789012 (arn:x) - sign in to account 999999999999 (AWS_PROFILE), then run the same command again',
    );
  });
});
