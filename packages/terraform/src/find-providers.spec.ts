import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { findProviders, type FindProvidersOptions, userConfiguration } from './find-providers';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { writeProvider } from './testing/write-provider';

describe('findProviders', () => {
  const root = temporaryDirectory();
  const at = (...names: string[]) => join(root(), ...names);

  async function find({ env = {}, ...options }: Partial<FindProvidersOptions> = {}) {
    return await findProviders({
      cacheDirectory: at('cache'),
      cwd: at(),
      home: at(),
      platform: { os: 'linux', arch: 'amd64' },
      mirrorParents: [at('opt')],
      ...options,
      env: { XDG_DATA_DIRS: at('none'), ...env },
    });
  }

  it('uses the CLI configuration of the user', async () => {
    const file = at('rc');
    await writeFile(file, '');
    await writeProvider(at('opt', 'tf-plugins'));
    const env = { TF_CLI_CONFIG_FILE: file, TERRAFORM_PLUGIN_MIRROR: at('opt', 'tf-plugins') };
    expect(await find({ env })).toEqual({
      kind: 'user',
      version: '5.100.0',
      description: `hashicorp/aws 5.100.0 as ${file} says`,
      env: { XDG_DATA_DIRS: at('none'), ...env },
    });
  });

  it("passes the plugin cache of the user's configuration on", async () => {
    await writeFile(at('.terraformrc'), 'plugin_cache_dir = "/cache"\nprovider_installation {\n}\n');
    expect((await find()).env['TF_PLUGIN_CACHE_DIR']).toBe('/cache');
  });

  it('ignores a CLI configuration that does not exist', async () => {
    const { kind, env } = await find({ env: { TF_CLI_CONFIG_FILE: at('none') } });
    expect(kind).toBe('registry');
    expect(env).not.toHaveProperty('TF_CLI_CONFIG_FILE');
  });

  it('prefers the mirror in TERRAFORM_PLUGIN_MIRROR', async () => {
    await writeProvider(at('opt', 'tf-plugins'));
    await writeProvider(at('mirror'));
    const { env, ...source } = await find({ env: { TERRAFORM_PLUGIN_MIRROR: 'mirror' } });
    expect(source).toEqual({
      kind: 'mirror',
      version: '5.100.0',
      directory: at('mirror'),
      description: `hashicorp/aws 5.100.0 from ${at('mirror')}`,
    });
    expect(env['TF_CLI_CONFIG_FILE']).toMatch(new RegExp(`^${at('cache', 'terraform')}/mirror-[0-9a-f]{16}\\.tfrc$`));
    expect(env).not.toHaveProperty('TF_PLUGIN_CACHE_DIR');
  });

  it('refuses a TERRAFORM_PLUGIN_MIRROR without the pinned provider', async () => {
    const error = find({ env: { TERRAFORM_PLUGIN_MIRROR: at('mirror') } });
    await expect(error).rejects.toThrow(UserError);
    await expect(error).rejects.toThrow(
      `TERRAFORM_PLUGIN_MIRROR: does not contain registry.terraform.io/hashicorp/aws/5.100.0 for linux_amd64, got ${at('mirror')} - set it to a directory that "terraform providers mirror" created, or unset it`,
    );
  });

  it('finds a mirror on this machine', async () => {
    await writeProvider(at('opt', 'tf-plugins'));
    expect(await find()).toMatchObject({ kind: 'mirror', directory: at('opt', 'tf-plugins') });
  });

  it('unpacks a packed provider once for all stacks', async () => {
    await writeProvider(at('opt', 'zips'), 'packed');
    expect((await find()).env).toMatchObject({ TF_PLUGIN_CACHE_DIR: at('cache', 'terraform', 'providers') });
  });

  it('downloads the provider once for all stacks without a mirror', async () => {
    const cache = at('cache', 'terraform', 'providers');
    expect(await find()).toEqual({
      kind: 'registry',
      version: '5.100.0',
      description: `hashicorp/aws 5.100.0 from registry.terraform.io, kept in ${cache}`,
      env: { XDG_DATA_DIRS: at('none'), TF_PLUGIN_CACHE_DIR: cache },
    });
    expect((await stat(cache)).isDirectory()).toBe(true);
  });

  it.each([
    ['TF_PLUGIN_CACHE_DIR', { TF_PLUGIN_CACHE_DIR: '~/x' }, ''],
    ['~/.terraformrc', {}, 'plugin_cache_dir = "~/x"'],
  ])('resolves ~ in %s', async (_name, env, text) => {
    await writeFile(at('.terraformrc'), text);
    expect((await find({ env, home: at('.') })).env['TF_PLUGIN_CACHE_DIR']).toBe(at('x'));
  });

  it.each([
    ['TF_PLUGIN_CACHE_DIR', { TF_PLUGIN_CACHE_DIR: 'own' }, ''],
    ['~/.terraformrc', {}, 'plugin_cache_dir = "$OWN"'],
  ])('uses the plugin cache in %s', async (_name, settings, text) => {
    await writeFile(at('.terraformrc'), text);
    const own = Object.fromEntries(Object.keys(settings).map((name) => [name, at('own')]));
    const { env } = await find({ env: { OWN: at('own'), ...own } });
    expect(env['TF_PLUGIN_CACHE_DIR']).toBe(at('own'));
  });

  it('requires only the environment and the cache directory', async () => {
    const { version } = await findProviders({ env: { TERRAFORM_PLUGIN_MIRROR: '' }, cacheDirectory: at('cache') });
    expect(version).toBe('5.100.0');
  });
});

const linux = { os: 'linux', arch: 'amd64' };

const windows = { os: 'windows', arch: 'amd64' };

describe('userConfiguration', () => {
  const home = temporaryDirectory();
  const usual = () => join(home(), '.terraformrc');

  it('is undefined without a file', async () => {
    expect(await userConfiguration({ env: {}, home: home(), platform: linux })).toBeUndefined();
  });

  it('takes precedence if ~/.terraformrc has a provider installation', async () => {
    await writeFile(usual(), 'provider_installation {\n  direct {}\n}\n');
    expect(await userConfiguration({ env: {}, home: home(), platform: linux })).toEqual({
      path: usual(),
      decides: true,
      pluginCache: undefined,
    });
  });

  it('does not take precedence if ~/.terraformrc has only other settings', async () => {
    await writeFile(usual(), '# provider_installation {}\nplugin_cache_dir = "$HOME/.cache/${NAME}/$NONE"\n');
    const env = { HOME: '/home/ada', NAME: 'tf' };
    expect(await userConfiguration({ env, home: home(), platform: linux })).toEqual({
      path: usual(),
      decides: false,
      pluginCache: '/home/ada/.cache/tf/',
    });
  });

  it('is the file in TF_CLI_CONFIG_FILE instead of ~/.terraformrc', async () => {
    const env = { TF_CLI_CONFIG_FILE: join(home(), 'rc') };
    await writeFile(env.TF_CLI_CONFIG_FILE, '');
    await writeFile(usual(), 'plugin_cache_dir = "/cache"');
    expect(await userConfiguration({ env, home: home(), platform: linux })).toEqual({
      path: env.TF_CLI_CONFIG_FILE,
      decides: true,
      pluginCache: undefined,
    });
  });

  it.each([undefined, 'Data'])('searches the directory of Terraform on Windows (APPDATA %p)', async (data) => {
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
