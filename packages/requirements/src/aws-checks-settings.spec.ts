import type { LocalCloudStatus } from '@nightshift/local-cloud';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentFixture } from '@nightshift/testing/environment';
import { localCloudIn, requirementsFixture } from './testing/requirements-fixture';
import { awsSettingsFinding, localCloudCheck, type NarrowEnvFile } from './aws-checks';
import { FakeRunEffects } from '@nightshift/stack-run/testing';

describe('the check of AWS settings', () => {
  let effects: FakeRunEffects;
  let config: string;
  let narrow: readonly NarrowEnvFile[] = [];
  beforeEach(() => {
    effects = new FakeRunEffects();
    effects.root = mkdtempSync(join(tmpdir(), 'settings-'));
    config = join(effects.root, 'config');
    writeFileSync(config, '[profile risk]\nrole_arn = arn:aws:iam::1:role/deploy\n[profile plain]\nregion = x\n');
  });
  afterEach(() => {
    rmSync(effects.root, { recursive: true });
  });
  const finding = (env: Record<string, string>, envFiles = {}, environment = environmentFixture()) => {
    Object.assign(effects, { env: { AWS_CONFIG_FILE: config, ...env }, envFiles });
    return awsSettingsFinding(environment, effects, () => narrow);
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
    narrow = [{ file: '.env.plan', names: ['AWS_PROFILE'] }];
    expect(await finding({})).toEqual({
      mark: 'FAIL',
      detail: '.env.plan sets AWS_PROFILE for some commands only',
      remedy: 'move it to .env.dev.local, which applies to all commands of dev',
    });
  });
});

describe('localCloudCheck', () => {
  const running = {
    running: true,
    url: 'http://127.0.0.1:45660',
    port: 45_660,
    pid: 4711,
    startedAt: '2025-01-01T00:00:00.000Z',
    outdated: false,
    timeScale: 60,
    environments: [],
  } as const;
  const finding = (status: LocalCloudStatus, cloud: 'aws' | 'local' = 'local') =>
    localCloudCheck({ cloud }, requirementsFixture(localCloudIn(status)).context).run();

  it('is skipped for an environment in AWS', async () => {
    expect(await finding(running, 'aws')).toEqual({ mark: 'SKIP', detail: 'the environment is in AWS' });
  });

  it('shows its URL', async () => {
    expect(await finding(running)).toEqual({ mark: 'OK', detail: 'is running at http://127.0.0.1:45660' });
  });

  it('fails with the command to start it', async () => {
    const remedy = 'start it and deploy: npm start';
    expect(await finding({ running: false })).toEqual({ mark: 'FAIL', detail: 'is not running', remedy });
    expect(await finding({ running: false, diedLog: '.nightshift/local/log' })).toEqual({
      mark: 'FAIL',
      detail: 'stopped unexpectedly, see the log .nightshift/local/log',
      remedy,
    });
  });

  it('warns that it runs code of another version', async () => {
    expect(await finding({ ...running, outdated: true })).toEqual({
      mark: 'FAIL',
      detail: 'is running at http://127.0.0.1:45660 with code from another version of this checkout',
      remedy: 'restart it: npm run stop, then npm start (deletes what is deployed to it)',
    });
  });
});
