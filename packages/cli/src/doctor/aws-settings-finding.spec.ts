import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentFixture } from '../testing/environment-fixture';
import { FakeEffects } from '../testing/fake-effects';
import { awsSettingsFinding } from './aws-settings-finding';

describe('what doctor says about AWS settings', () => {
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
    return awsSettingsFinding(environment, effects);
  };

  it('names profile and role, and where each is from', async () => {
    expect(await finding({ AWS_PROFILE: 'risk' }, { AWS_PROFILE: '.env.local' })).toEqual({
      mark: 'OK',
      detail: `profile risk (AWS_PROFILE in .env.local), role arn:aws:iam::1:role/deploy (role_arn of profile risk in ${config}); endpoint of AWS`,
    });
    expect(await finding({ AWS_PROFILE: 'plain' })).toMatchObject({
      detail: 'profile plain (AWS_PROFILE); endpoint of AWS',
    });
  });

  it('says that a key comes before the profile', async () => {
    expect(await finding({ AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' })).toMatchObject({
      detail: 'access key AKIAEXAMPLE (AWS_ACCESS_KEY_ID); endpoint of AWS',
    });
    expect(await finding({ AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_PROFILE: 'risk' })).toMatchObject({
      detail: 'access key AKIAEXAMPLE (AWS_ACCESS_KEY_ID), which comes before profile risk; endpoint of AWS',
    });
  });

  it('names an endpoint that is allowed, and refuses it otherwise', async () => {
    const env = { AWS_ENDPOINT_URL: 'http://127.0.0.1:5000', AWS_ENDPOINT_URL_S3: 'http://s3' };
    expect(await finding({ ...env, NIGHTSHIFT_ALLOW_ENDPOINT_URL: '1' })).toMatchObject({
      mark: 'OK',
      detail:
        'profile default (no other is named); endpoint http://127.0.0.1:5000 (AWS_ENDPOINT_URL), endpoint http://s3 (AWS_ENDPOINT_URL_S3)',
    });
    await expect(finding(env)).rejects.toThrow('AWS_ENDPOINT_URL sends its calls elsewhere');
  });

  it('says that the local cloud has its own', async () => {
    const local = environmentFixture({ name: 'local', file: { cloud: 'local' } });
    expect(await finding({ AWS_PROFILE: 'none' }, {}, local)).toEqual({
      mark: 'OK',
      detail: 'those of the local cloud; AWS_* variables and files in ~/.aws are not used',
    });
  });

  it('says which files give commands of the environment different settings', async () => {
    writeFileSync(join(effects.root, '.env.plan'), 'AWS_PROFILE=plain\n');
    expect(await finding({})).toEqual({
      mark: 'NG',
      detail: '.env.plan sets AWS_PROFILE for some commands only',
      remedy: 'move it to .env.dev.local, which counts for all commands of dev',
    });
  });
});
