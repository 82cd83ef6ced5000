import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { absolutePath, terraformEnvironment, usableVariables, setting } from './terraform-environment';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';

/** Of the user's shell, with effects that no message would explain. */
const foreign = {
  TF_CLI_ARGS: '-json',
  TF_CLI_ARGS_init: '-backend-config=key=team/app.tfstate',
  TF_CLI_ARGS_plan: '-refresh=false',
  TF_DATA_DIR: '/elsewhere',
  TF_REATTACH_PROVIDERS: '{}',
  TF_VAR_region: 'eu-west-1',
  TF_WORKSPACE: 'other',
};

describe('the environment of Terraform', () => {
  const directory = temporaryDirectory();

  it('contains only listed variables of the user', () => {
    const allowed = {
      PATH: '/bin',
      HOME: '/home/ada',
      LC_ALL: 'C.UTF-8',
      https_proxy: 'http://proxy:3128',
      NO_PROXY: 'localhost',
      SSL_CERT_FILE: '/ca.pem',
      AWS_PROFILE: 'risk',
      TF_LOG: 'debug',
      TF_TOKEN_app_terraform_io: 't',
      TFENV_TERRAFORM_VERSION: '1.11.4',
    };
    expect(terraformEnvironment({ ...allowed, ...foreign, NODE_OPTIONS: '--inspect', EDITOR: 'vi' })).toEqual({
      ...allowed,
      TF_INPUT: '0',
      TF_IN_AUTOMATION: '1',
      TF_WORKSPACE: 'default',
      CHECKPOINT_DISABLE: '1',
    });
  });

  it('reports ignored variables that would change the result', async () => {
    const env = {
      ...foreign,
      TF_VAR_empty: '',
      TF_INPUT: '1',
      TF_IN_AUTOMATION: 'true',
      TF_LOG: 'debug',
      EDITOR: 'vi',
    };
    expect(await usableVariables(env, {})).toEqual({
      env: { TF_LOG: 'debug' },
      notices: [
        'TF_CLI_ARGS, TF_CLI_ARGS_init, TF_CLI_ARGS_plan, TF_DATA_DIR, TF_REATTACH_PROVIDERS, TF_VAR_region, TF_WORKSPACE: ignored, because variables must not change what Terraform does',
      ],
    });
  });

  it('ignores a CLI configuration that does not exist, and reports it', async () => {
    const file = join(directory(), '.terraformrc');
    expect(await usableVariables({ TF_CLI_CONFIG_FILE: file, AWS_PROFILE: 'dev' }, {})).toEqual({
      env: { AWS_PROFILE: 'dev' },
      notices: [`TF_CLI_CONFIG_FILE is ignored: ${file} is not a file`],
    });
  });

  it('keeps a CLI configuration that exists', async () => {
    await writeFile(join(directory(), 'rc'), '');
    const env = { TF_CLI_CONFIG_FILE: join(directory(), 'rc') };
    expect(await usableVariables(env, {})).toEqual({ env, notices: [] });
  });

  it.each([{}, { TF_CLI_CONFIG_FILE: '' }])('has no notice for %j', async (env) => {
    expect(await usableVariables(env, {})).toEqual({ env, notices: [] });
  });

  it('resolves paths from the current directory, and ~ as the home directory', async () => {
    await writeFile(join(directory(), 'rc'), '');
    const env = {
      TF_CLI_CONFIG_FILE: 'rc',
      TF_PLUGIN_CACHE_DIR: '~/x',
      TF_LOG_PATH: '~',
      TERRAFORM_PLUGIN_MIRROR: '/m',
    };
    expect((await usableVariables(env, { cwd: directory(), home: '/home/ada' })).env).toEqual({
      TF_CLI_CONFIG_FILE: join(directory(), 'rc'),
      TF_PLUGIN_CACHE_DIR: '/home/ada/x',
      TF_LOG_PATH: '/home/ada',
      TERRAFORM_PLUGIN_MIRROR: '/m',
    });
    expect(absolutePath('~/x', {})).toBe(join(homedir(), 'x'));
    expect(absolutePath('x~/~', {})).toBe(resolve('x~/~'));
    expect(absolutePath('~ada/x', {})).toBe(resolve('~ada/x'));
  });
});

describe('setting', () => {
  it('treats an empty variable as not set, as Terraform does', () => {
    const env = { A: 'x', B: '' };
    expect([setting(env, 'A'), setting(env, 'B'), setting(env, 'C')]).toEqual(['x', undefined, undefined]);
  });
});
