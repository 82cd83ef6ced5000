import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { getEnvPathsForTask } from 'nx/src/tasks-runner/task-env-paths';
import { envFilesOf, narrowEnvFiles, withEnvFiles } from './env-files';
import { verbs } from './program';

describe('.env files', () => {
  let root: string;
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const loaded = (line: string, shell: Record<string, string | undefined> = {}) =>
    withEnvFiles(shell, root, line.split(' ').filter(Boolean));
  const profile = (line: string, shell?: Record<string, string>) => {
    const { env, envFiles } = loaded(line, shell);
    return [env['AWS_PROFILE'], envFiles['AWS_PROFILE']];
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'env-files-'));
    for (const app of ['network', 'compute']) mkdirSync(join(root, 'apps', app), { recursive: true });
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  it.each([
    ['apps/network', 'deploy', 'dev'],
    ['apps/compute', 'release', undefined],
  ])('are those of Nx, in its order: %s:%s %s', (project, target, configuration) => {
    expect(envFilesOf({ project, target, configuration })).toEqual(getEnvPathsForTask(project, target, configuration));
  });

  it('set variables that the shell does not have', () => {
    write('.env', 'AWS_PROFILE=all\nNAME=x\nOTHER="${NAME} of ${AWS_PROFILE}"\n');
    write('.env.local', 'AWS_PROFILE=mine\n');
    expect(loaded('doctor -c dev', { PATH: '/bin', GONE: undefined })).toEqual({
      env: { PATH: '/bin', AWS_PROFILE: 'mine', NAME: 'x', OTHER: 'x of mine' },
      envFiles: { AWS_PROFILE: '.env.local', NAME: '.env', OTHER: '.env' },
    });
    expect(profile('doctor -c dev', { AWS_PROFILE: 'shell' })).toEqual(['shell', undefined]);
  });

  it.each(['doctor -c dev', 'doctor -cdev', 'doctor --configuration dev', 'doctor --configuration=dev --json'])(
    'can be for one environment: %s',
    (line) => {
      write('.env.local', 'AWS_PROFILE=mine\n');
      write('.env.dev', 'AWS_PROFILE=dev\n');
      expect(profile(line)).toEqual(['dev', '.env.dev']);
      expect(profile('doctor -c prod')).toEqual(['mine', '.env.local']);
      expect(profile('doctor')).toEqual(['mine', '.env.local']);
    },
  );

  it('are the same during completion', () => {
    write('.env.dev', 'AWS_PROFILE=dev\n');
    write('apps/compute/.env.rollback', 'OTHER=x\n');
    const env = { AWS_PROFILE: 'dev', OTHER: 'x' };
    expect(loaded('complete -- rollback -c dev --to').env).toEqual(env);
    expect(loaded('rollback -c dev').env).toEqual(env);
  });

  it('can be for one stack or one command, as with Nx', () => {
    write('apps/network/.env', 'AWS_PROFILE=network\n');
    write('apps/compute/.env.rollback', 'AWS_PROFILE=back\n');
    write('.env.deploy.dev', 'AWS_PROFILE=deploy\n');
    expect(profile('deploy network -c dev')).toEqual(['network', 'apps/network/.env']);
    expect(profile('deploy compute -c dev')).toEqual(['deploy', '.env.deploy.dev']);
    expect(profile('deploy compute -c prod')).toEqual([undefined, undefined]);
    expect(profile('rollback -c dev')).toEqual(['back', 'apps/compute/.env.rollback']);
    expect(profile('local exec -- nightshift deploy network -c dev')).toEqual([undefined, undefined]);
    expect(profile('')).toEqual([undefined, undefined]);
  });

  it('take precedence over the workspace files that Nx has loaded before', () => {
    write('.env', 'AWS_PROFILE=all\nNAME=x\n');
    write('.env.dev', 'AWS_PROFILE=dev\n');
    expect(profile('deploy network -c dev', { AWS_PROFILE: 'all', NAME: 'mine' })).toEqual(['dev', '.env.dev']);
  });

  it('for the environment dev do not apply to the verb dev, which uses the local cloud', () => {
    write('.env.dev', 'AWS_PROFILE=dev\n');
    write('.env.local', 'AWS_PROFILE=local\n');
    expect(profile('dev')).toEqual(['local', '.env.local']);
    expect(profile('dev -c local')).toEqual(['local', '.env.local']);
  });

  it('are not loaded if Nx does not load them', () => {
    write('.env', 'AWS_PROFILE=all\n');
    const shell = { NX_LOAD_DOT_ENV_FILES: 'false' };
    expect(loaded('doctor -c dev', shell)).toEqual({ env: shell, envFiles: {} });
  });

  it('are reported if they have AWS settings for only some tasks of an environment', () => {
    write('.env.dev', 'AWS_PROFILE=dev\n');
    write('.env.deploy.prod', 'AWS_PROFILE=prod\n');
    write('.env.release', 'NAME=x\n');
    expect(narrowEnvFiles(root, 'dev', Object.keys(verbs))).toEqual([]);
    write('.plan.env', 'AWS_PROFILE=plan\nNAME=x\nAWS_REGION=eu-west-1\n');
    write('apps/compute/.env.local', 'TF_AWS_STS_ENDPOINT=http://x\n');
    expect(narrowEnvFiles(root, 'dev', Object.keys(verbs))).toEqual([
      { file: '.plan.env', names: ['AWS_PROFILE', 'AWS_REGION'] },
      { file: 'apps/compute/.env.local', names: ['TF_AWS_STS_ENDPOINT'] },
    ]);
    rmSync(join(root, 'apps'), { recursive: true });
    expect(narrowEnvFiles(root, 'prod', Object.keys(verbs))).toEqual([
      { file: '.plan.env', names: ['AWS_PROFILE', 'AWS_REGION'] },
      { file: '.env.deploy.prod', names: ['AWS_PROFILE'] },
    ]);
  });
});
