import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Environment } from '@nightshift/config';
import { FakeAws } from '@nightshift/state-bucket/testing';
import { FAKE_ACCOUNT, sdkError } from '@nightshift/testing/aws';
import { environmentFixture } from '@nightshift/testing/environment';
import { doctorContextFixture } from '../../testing/doctor-context-fixture';
import { awsSettingsFinding, environmentCaller, localCloudCheck } from './aws-checks';
import { FakeEffects } from '../../testing/fake-effects';

const refused = sdkError('InvalidClientTokenId', 'The security token included in the request is invalid.', 403);

const unreachable = Object.assign(new Error('getaddrinfo ENOTFOUND sts.me-south-1.amazonaws.com'), {
  code: 'ENOTFOUND',
});

/** Clients for each region, that fail where the table has an error. */
function connector(failures: Readonly<Record<string, Error>>) {
  const regions: string[] = [];
  const connect = ({ region }: Environment) => {
    regions.push(region);
    const aws = new FakeAws();
    const failure = failures[region];
    if (failure) aws.failures.set('GetCallerIdentity', failure);
    return Promise.resolve(aws.clients);
  };
  return { regions, connect };
}

const inRegion = (region: string) => environmentFixture({ file: { region } });

describe('environmentCaller', () => {
  it('calls the region of the environment', async () => {
    const { regions, connect } = connector({});
    expect((await environmentCaller(inRegion('eu-west-1'), connect)).caller.account).toBe(FAKE_ACCOUNT);
    expect(regions).toEqual(['eu-west-1']);
  });

  it.each([refused, unreachable])(
    'distinguishes a region that does not respond from invalid credentials: %s',
    async (failure) => {
      const { regions, connect } = connector({ 'me-south-1': failure });
      const { caller, regionFailure } = await environmentCaller(inRegion('me-south-1'), connect);
      expect(caller.account).toBe(FAKE_ACCOUNT);
      expect(regionFailure?.message).toContain('AWS in me-south-1: ');
      expect(regions).toEqual(['me-south-1', 'us-east-1']);
    },
  );

  it('reports invalid credentials if every region refuses them', async () => {
    const { connect } = connector({ 'eu-west-1': refused, 'us-east-1': refused });
    await expect(environmentCaller(inRegion('eu-west-1'), connect)).rejects.toThrow(
      'AWS in eu-west-1: AWS does not accept the credentials, got InvalidClientTokenId',
    );
  });

  it.each([
    ['us-east-1', refused],
    ['eu-west-1', sdkError('ExpiredToken', 'The token is expired', 403)],
  ])('calls AWS once in %s if the answer is clear', async (region, failure) => {
    const { regions, connect } = connector({ [region]: failure });
    await expect(environmentCaller(inRegion(region), connect)).rejects.toThrow(`AWS in ${region}: `);
    expect(regions).toEqual([region]);
  });

  it('throws a defect', async () => {
    const { connect } = connector({ 'eu-west-1': new TypeError('x is not a function') });
    await expect(environmentCaller(inRegion('eu-west-1'), connect)).rejects.toThrow(TypeError);
  });
});

describe('the check of AWS settings', () => {
  let effects: FakeEffects;
  let config: string;
  beforeEach(() => {
    effects = new FakeEffects();
    effects.root = mkdtempSync(join(tmpdir(), 'settings-'));
    config = join(effects.root, 'config');
    writeFileSync(config, '[profile risk]\nrole_arn = arn:aws:iam::1:role/deploy\n[profile plain]\nregion = x\n');
  });
  afterEach(() => {
    rmSync(effects.root, { recursive: true });
  });
  const finding = (env: Record<string, string>, envFiles = {}, environment = environmentFixture()) => {
    Object.assign(effects, { env: { AWS_CONFIG_FILE: config, ...env }, envFiles });
    return awsSettingsFinding(environment, effects, ['deploy', 'plan', 'release']);
  };

  it('shows profile and role, and the origin of each', async () => {
    expect(await finding({ AWS_PROFILE: 'risk' }, { AWS_PROFILE: '.env.local' })).toEqual({
      mark: 'OK',
      detail: `profile risk (AWS_PROFILE in .env.local), role arn:aws:iam::1:role/deploy (role_arn of profile risk in ${config}); default AWS endpoint`,
    });
    expect(await finding({ AWS_PROFILE: 'plain' })).toMatchObject({
      detail: 'profile plain (AWS_PROFILE); default AWS endpoint',
    });
  });

  it('reports that an access key takes precedence over the profile', async () => {
    expect(await finding({ AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' })).toMatchObject({
      detail: 'access key AKIAEXAMPLE (AWS_ACCESS_KEY_ID); default AWS endpoint',
    });
    expect(await finding({ AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_PROFILE: 'risk' })).toMatchObject({
      detail:
        'access key AKIAEXAMPLE (AWS_ACCESS_KEY_ID), which takes precedence over profile risk; default AWS endpoint',
    });
  });

  it('shows an allowed endpoint, and refuses another one', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000', AWS_ENDPOINT_URL_S3: 'http://s3' };
    expect(await finding({ ...env, NIGHTSHIFT_ALLOW_ENDPOINT_URL: '1' })).toMatchObject({
      mark: 'OK',
      detail:
        'profile default; endpoint http://127.0.0.1:5000 (AWS_ENDPOINT_URL), endpoint http://s3 (AWS_ENDPOINT_URL_S3)',
    });
    await expect(finding(env)).rejects.toThrow('AWS_ENDPOINT_URL sends its calls elsewhere');
  });

  it('reports that the local cloud has its own settings', async () => {
    const local = environmentFixture({ name: 'local', file: { cloud: 'local' } });
    expect(await finding({ AWS_PROFILE: 'none' }, {}, local)).toEqual({
      mark: 'OK',
      detail: 'settings of the local cloud; AWS_* variables and files in ~/.aws are not used',
    });
  });

  it('names files that give commands of the environment different settings', async () => {
    writeFileSync(join(effects.root, '.env.plan'), 'AWS_PROFILE=plain\n');
    expect(await finding({})).toEqual({
      mark: 'FAIL',
      detail: '.env.plan sets AWS_PROFILE for some commands only',
      remedy: 'move it to .env.dev.local, which applies to all commands of dev',
    });
  });
});

describe('localCloudCheck', () => {
  it('is skipped for an environment in AWS', async () => {
    const { context } = doctorContextFixture();
    expect(await localCloudCheck({ cloud: 'aws' }, context).run()).toEqual({
      mark: 'SKIP',
      detail: 'the environment is in AWS',
    });
  });

  it('shows its URL', async () => {
    const { context, cloud } = doctorContextFixture();
    await cloud.up();
    expect(await localCloudCheck({ cloud: 'local' }, context).run()).toEqual({
      mark: 'OK',
      detail: 'is running at http://127.0.0.1:45660',
    });
  });

  it('fails with the command to start it', async () => {
    const { context, cloud } = doctorContextFixture();
    const { run } = localCloudCheck({ cloud: 'local' }, context);
    const remedy = 'start it and deploy: npm start';
    expect(await run()).toEqual({ mark: 'FAIL', detail: 'is not running', remedy });
    cloud.current = { running: false, diedLog: '.nightshift/local/log' };
    expect(await run()).toEqual({
      mark: 'FAIL',
      detail: 'stopped unexpectedly, see the log .nightshift/local/log',
      remedy,
    });
  });

  it('warns that it runs code of another version', async () => {
    const { context, cloud } = doctorContextFixture();
    cloud.current = { ...(await cloud.up()), outdated: true };
    expect(await localCloudCheck({ cloud: 'local' }, context).run()).toEqual({
      mark: 'FAIL',
      detail: 'is running at http://127.0.0.1:45660 with code from another version of this checkout',
      remedy: 'restart it: npm run stop, then npm start (deletes what is deployed to it)',
    });
  });
});
