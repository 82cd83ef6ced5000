import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentFixture } from '@nightshift/testing/environment';
import { fakeCloudEffects } from './cloud-effects.fixture';
import { ALLOW_ENDPOINT_URL, cloudEnvironment, endpointLines, foreignEndpoint } from './cloud-environment';

const prod = environmentFixture({ name: 'prod' });

const local = environmentFixture({ name: 'local', file: { cloud: 'local', region: 'eu-west-1' } });

const elsewhere = 'http://127.0.0.1:5000';

const todo = 'remove that setting; to use this endpoint, set NIGHTSHIFT_ALLOW_ENDPOINT_URL=1';

const refusal = (from: string, got = elsewhere) =>
  `environments/prod.yaml: cloud: the environment is in AWS, but ${from} sends its calls elsewhere, got ${got} - ${todo}`;

describe('the variables of a program for an environment', () => {
  let effects: ReturnType<typeof fakeCloudEffects>;
  let directory: string;
  let config: string;
  let credentials: string;
  beforeEach(() => {
    effects = fakeCloudEffects();
    directory = mkdtempSync(join(tmpdir(), 'aws-'));
    config = join(directory, 'config');
    credentials = join(directory, 'credentials');
    effects.env = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it("are the user's own in AWS", async () => {
    writeFileSync(config, '[profile risk]\nregion = eu-west-1\n[sso-session corp]\nsso_region = eu-west-1\n');
    effects.env = { ...effects.env, AWS_PROFILE: 'risk', AWS_USE_FIPS_ENDPOINT: 'true' };
    expect(await cloudEnvironment(prod, effects)).toBe(effects.env);
  });

  it('are those of the local cloud for cloud: local, with the region of the environment', async () => {
    effects.env = { AWS_PROFILE: 'none', AWS_ENDPOINT_URL: elsewhere };
    expect(await cloudEnvironment(local, effects)).toEqual({
      AWS_ENDPOINT_URL: 'http://127.0.0.1:45660',
      AWS_REGION: 'eu-west-1',
    });
  });

  it.each([
    'AWS_ENDPOINT_URL',
    'AWS_ENDPOINT_URL_S3',
    'AWS_ENDPOINT_URL_APPLICATION_AUTO_SCALING',
    'AWS_S3_ENDPOINT',
    'AWS_STS_ENDPOINT',
    'AWS_IAM_ENDPOINT',
    'AWS_DYNAMODB_ENDPOINT',
    'AWS_SSO_ENDPOINT',
    'TF_AWS_STS_ENDPOINT',
  ])('refuses %s in AWS', async (name) => {
    effects.env = { [name]: elsewhere };
    await expect(cloudEnvironment(prod, effects)).rejects.toThrow(refusal(name));
  });

  it('reports all endpoints at once, and the file of each variable', async () => {
    effects.env = { AWS_ENDPOINT_URL: elsewhere, AWS_ENDPOINT_URL_S3: 'http://s3', AWS_ENDPOINT_URL_STS: '' };
    effects.envFiles = { AWS_ENDPOINT_URL: '.env.local' };
    await expect(cloudEnvironment(prod, effects)).rejects.toThrow(
      `${refusal('AWS_ENDPOINT_URL in .env.local')}\n${refusal('AWS_ENDPOINT_URL_S3', 'http://s3')}`,
    );
  });

  it('refuses endpoints in the profile or its services section', async () => {
    writeFileSync(
      config,
      `[profile risk]\nendpoint_url = ${elsewhere}\nservices = mine\n[services mine]\ns3 =\n  endpoint_url = http://s3\n  other = 1\n[services other]\nsts =\n  endpoint_url = http://sts\n`,
    );
    effects.env = { ...effects.env, AWS_DEFAULT_PROFILE: 'risk' };
    const first = refusal(`endpoint_url of profile risk in ${config}`);
    const second = refusal(`s3 endpoint_url of services mine in ${config}`, 'http://s3');
    await expect(cloudEnvironment(prod, effects)).rejects.toThrow(new Error(`${first}\n${second}`));
    effects.env = { AWS_CONFIG_FILE: config };
    expect(await cloudEnvironment(prod, effects)).toBe(effects.env);
  });

  it('allows another endpoint for an environment in AWS on request, and reports it', async () => {
    effects.env = { ...effects.env, AWS_ENDPOINT_URL: elsewhere, [ALLOW_ENDPOINT_URL]: '1' };
    expect(await cloudEnvironment(prod, effects)).toBe(effects.env);
    expect(await foreignEndpoint(prod, effects)).toBe(`${elsewhere} (AWS_ENDPOINT_URL)`);
    expect(await endpointLines(prod, effects)).toEqual([`AWS endpoint: ${elsewhere} (AWS_ENDPOINT_URL)\n`]);
    expect(await foreignEndpoint(local, effects)).toBeUndefined();
    expect(await endpointLines(local, effects)).toEqual([]);
    effects.env = { [ALLOW_ENDPOINT_URL]: '1' };
    expect(await foreignEndpoint(prod, effects)).toBeUndefined();
  });

  it('reports that a profile does not exist, and lists the profiles', async () => {
    effects.env = { ...effects.env, AWS_PROFILE: 'rsik' };
    const names = `names a profile that is not in ${config} or ${credentials}, got rsik`;
    const create = 'create it: aws configure sso --profile rsik';
    await expect(cloudEnvironment(prod, effects)).rejects.toThrow(`AWS credentials: AWS_PROFILE ${names} - ${create}`);
    writeFileSync(config, '[default]\n[profile risk]\nregion = eu-west-1\n[services mine]\na = b\n');
    writeFileSync(credentials, '[old]\naws_access_key_id = x\n[risk]\naws_access_key_id = y\n');
    effects.envFiles = { AWS_PROFILE: '.env.local' };
    await expect(cloudEnvironment(prod, effects)).rejects.toThrow(
      `AWS credentials: AWS_PROFILE in .env.local ${names} - use one of risk, old, or ${create}`,
    );
  });
});
