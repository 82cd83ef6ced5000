import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from './testing/temporary-directory';
import { userConfiguration } from './user-configuration';

const linux = { os: 'linux', arch: 'amd64' };
const windows = { os: 'windows', arch: 'amd64' };

describe('userConfiguration', () => {
  const home = temporaryDirectory();
  const usual = () => join(home(), '.terraformrc');

  it('is absent when there is no file', async () => {
    expect(await userConfiguration({ env: {}, home: home(), platform: linux })).toBeUndefined();
  });

  it('decides when ~/.terraformrc says where providers come from', async () => {
    await writeFile(usual(), 'provider_installation {\n  direct {}\n}\n');
    expect(await userConfiguration({ env: {}, home: home(), platform: linux })).toEqual({
      path: usual(),
      decides: true,
      pluginCache: undefined,
    });
  });

  it('does not decide when ~/.terraformrc is there for something else', async () => {
    await writeFile(usual(), '# provider_installation {}\nplugin_cache_dir = "$HOME/.cache/${NAME}/$NONE"\n');
    const env = { HOME: '/home/ada', NAME: 'tf' };
    expect(await userConfiguration({ env, home: home(), platform: linux })).toEqual({
      path: usual(),
      decides: false,
      pluginCache: '/home/ada/.cache/tf/',
    });
  });

  it('decides when TF_CLI_CONFIG_FILE names it, and then ~/.terraformrc does not count', async () => {
    const env = { TF_CLI_CONFIG_FILE: join(home(), 'rc') };
    await writeFile(env.TF_CLI_CONFIG_FILE, '');
    await writeFile(usual(), 'plugin_cache_dir = "/cache"');
    expect(await userConfiguration({ env, home: home(), platform: linux })).toEqual({
      path: env.TF_CLI_CONFIG_FILE,
      decides: true,
      pluginCache: undefined,
    });
  });

  it.each([undefined, 'Data'])('looks on Windows where Terraform does (APPDATA %p)', async (data) => {
    const directory = join(home(), data ?? join('AppData', 'Roaming'));
    await mkdir(directory, { recursive: true });
    await writeFile(join(directory, 'terraform.rc'), 'provider_installation {');
    const env = data === undefined ? {} : { APPDATA: directory };
    expect(await userConfiguration({ env, home: home(), platform: windows })).toMatchObject({
      path: join(directory, 'terraform.rc'),
      decides: true,
    });
  });
});
