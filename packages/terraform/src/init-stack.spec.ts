import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from '@nightshift/files';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { initFingerprint, type InitInputs, initStack } from './init-stack';
import type { TerraformOptions } from './run-terraform';
import { readSynthesizedStack } from './synthesized-stack';
import { TerraformError, TerraformInterrupted } from './terraform-error';
import type { TerraformEvent } from './terraform-event';
import { stackForMessages } from './testing/failure-context';
import { type Script, scriptedProcess } from './testing/scripted-process';
import { writeStack } from './testing/write-stack';

const failure = { stdout: ['oh no'], result: { exitCode: 1 } } as const satisfies Script;

describe('initStack', () => {
  const root = temporaryDirectory();
  const at = (...names: string[]) => join(root(), ...names);
  const cache = () => at('providers');

  /** Terraform makes its directory and adds the checksum of what it has installed to the lock file. */
  async function prepare(overrides: Partial<TerraformOptions> = {}, script: Script = {}, name = 'network') {
    const directory = await writeStack(root(), { terraform: { backend: { s3: { bucket: 'state-dev' } } } }, name);
    const lockFile = at('pinned.lock.hcl');
    await writeFile(lockFile, 'pinned\n');
    const locks: string[] = [];
    const { run, requests } = scriptedProcess(async ({ cwd }) => {
      locks.push(await readFile(join(cwd, '.terraform.lock.hcl'), 'utf8'));
      await mkdir(join(cwd, '.terraform'), { recursive: true });
      await appendFile(join(cwd, '.terraform.lock.hcl'), 'completed\n');
      return script;
    });
    const events: TerraformEvent[] = [];
    const options: TerraformOptions = {
      binary: { path: '/bin/terraform', version: '1.11.4', product: 'terraform' },
      directory,
      env: {},
      onEvent: (event) => events.push(event),
      lockFile,
      run,
      ...overrides,
    };
    const init = async (backendConfig = {}) =>
      await initStack(options, await readSynthesizedStack(directory), backendConfig);
    return { init, requests, events, directory, locks };
  }

  it('connects to the state in the configuration, with the pinned provider', async () => {
    const { init, requests, locks, directory } = await prepare();
    expect(await init({ bucket: 'b', key: 'k' })).toEqual({ skipped: false });
    expect(requests.map(({ args, cwd }) => ({ args, cwd }))).toEqual([
      { args: ['init', '-json', '-reconfigure', '-backend-config=bucket=b', '-backend-config=key=k'], cwd: directory },
    ]);
    expect(locks).toEqual(['pinned\n']);
  });

  it('does nothing without a change', async () => {
    const { init, requests } = await prepare();
    await init({ bucket: 'b' });
    expect(await init({ bucket: 'b' })).toEqual({ skipped: true });
    expect(requests).toHaveLength(1);
  });

  it('runs again after a change of an input', async () => {
    const { init, requests } = await prepare();
    await init({ bucket: 'b' });
    expect(await init({ bucket: 'c' })).toEqual({ skipped: false });
    expect(requests).toHaveLength(2);
  });

  it('runs again if .terraform is deleted', async () => {
    const { init, directory } = await prepare();
    await init();
    await rm(join(directory, '.terraform'), { recursive: true });
    expect(await init()).toEqual({ skipped: false });
  });

  /** As Terraform writes it. */
  const recordOf = (key: string) =>
    JSON.stringify({ version: 3, backend: { type: 's3', config: { bucket: 'state-dev', key } } });

  it('runs again if Terraform has connected to another state since', async () => {
    const { init, directory } = await prepare();
    await init({ key: 'dev/network.tfstate' });
    const record = join(directory, '.terraform', 'terraform.tfstate');
    await writeFile(record, recordOf('dev/network.tfstate'));
    expect(await init({ key: 'dev/network.tfstate' })).toEqual({ skipped: true });
    await writeFile(record, recordOf('team/app.tfstate'));
    const again = init({ key: 'dev/network.tfstate' });
    await expect(again).rejects.toThrow(
      'network: terraform init connected to a state that differs from the configuration: key is "team/app.tfstate" and not "dev/network.tfstate", got /bin/terraform - set NIGHTSHIFT_TERRAFORM to the Terraform binary itself, not to a wrapper script',
    );
    expect(existsSync(join(directory, '.terraform', 'nightshift-init'))).toBe(false);
  });

  it('runs again after a failure', async () => {
    const { init, directory } = await prepare({}, failure);
    await mkdir(join(directory, '.terraform'));
    await writeFile(join(directory, '.terraform', 'nightshift-init'), 'older');
    await expect(init()).rejects.toThrow(TerraformError);
    expect(existsSync(join(directory, '.terraform', 'nightshift-init'))).toBe(false);
  });

  it('runs one init at a time in a shared plugin cache, and reports the wait', async () => {
    const env = { TF_PLUGIN_CACHE_DIR: cache() };
    let running = 0;
    const run = scriptedProcess(async ({ cwd }) => {
      running += 1;
      expect(running).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 150));
      await mkdir(join(cwd, '.terraform'), { recursive: true });
      running -= 1;
      return {};
    }).run;
    const [network, registry] = [await prepare({ env, run }), await prepare({ env, run }, {}, 'registry')];
    expect(await Promise.all([network.init(), registry.init()])).toEqual([{ skipped: false }, { skipped: false }]);
    expect([...network.events, ...registry.events]).toContainEqual({ type: 'phase', phase: 'install' });
  });

  it('copies the checksums of the first run to the others, since Terraform requires them to use the cache', async () => {
    const env = { TF_PLUGIN_CACHE_DIR: cache() };
    const [network, registry] = [await prepare({ env }), await prepare({ env }, {}, 'registry')];
    await network.init();
    await registry.init();
    expect(network.locks).toEqual(['pinned\n']);
    expect(registry.locks).toEqual(['pinned\ncompleted\n']);
    const name = createHash('sha256').update('pinned\n').digest('hex');
    expect(await readFile(join(cache(), `${name}.lock.hcl`), 'utf8')).toBe('pinned\ncompleted\ncompleted\n');
  });

  it('copies no checksums after a failure', async () => {
    const env = { TF_PLUGIN_CACHE_DIR: cache() };
    await expect((await prepare({ env }, failure)).init()).rejects.toThrow(TerraformError);
    const registry = await prepare({ env }, {}, 'registry');
    await registry.init();
    expect(registry.locks).toEqual(['pinned\n']);
  });

  it('adds the registry of OpenTofu to its lock file, so that OpenTofu prints no warning', async () => {
    const locked = (registry: string) => `provider "registry.${registry}/hashicorp/aws" {\n  version = "5.100.0"\n}\n`;
    const binary = { path: '/bin/tofu', version: '1.12.6', product: 'opentofu' } as const;
    for (const env of [{}, { TF_PLUGIN_CACHE_DIR: at('plugins') }]) {
      const { init, locks } = await prepare({ binary, env });
      await writeFile(at('pinned.lock.hcl'), locked('terraform.io'));
      await init();
      expect(locks).toEqual([`${locked('terraform.io')}\n${locked('opentofu.org')}`]);
    }
  });

  it('can be interrupted while it waits', async () => {
    const interrupt = new AbortController();
    const env = { TF_PLUGIN_CACHE_DIR: cache() };
    const { init, requests } = await prepare({
      env,
      interrupt: interrupt.signal,
      onEvent: () => {
        interrupt.abort();
      },
    });
    await withFileLock({ path: join(cache(), 'nightshift.lock') }, async () => {
      await expect(init()).rejects.toEqual(new TerraformInterrupted('network', 'init'));
    });
    expect(requests).toEqual([]);
  });

  it('uses the committed lock file by default', async () => {
    const { init, locks } = await prepare({ lockFile: undefined });
    await init();
    expect(locks[0]).toContain('5.100.0');
  });
});

describe('initFingerprint', () => {
  const directory = temporaryDirectory();
  const at = (name: string) => join(directory(), name);

  beforeEach(async () => {
    await writeFile(at('lock'), 'lock');
    await writeFile(at('rc'), 'rc');
  });

  async function fingerprint(change: Partial<InitInputs> = {}): Promise<string> {
    return await initFingerprint({
      binary: { path: '/bin/terraform', version: '1.11.4', product: 'terraform' },
      stack: stackForMessages(),
      backendConfig: { bucket: 'a', key: 'b' },
      lockFile: at('lock'),
      env: { TF_CLI_CONFIG_FILE: at('rc') },
      ...change,
    });
  }

  it('does not depend on the order of backend settings or on other variables', async () => {
    const other = await fingerprint({
      backendConfig: { key: 'b', bucket: 'a' },
      env: { TF_CLI_CONFIG_FILE: at('rc'), AWS_PROFILE: 'dev' },
    });
    expect(other).toBe(await fingerprint());
  });

  it.each<[string, () => Partial<InitInputs>]>([
    ['program', () => ({ binary: { path: '/other/terraform', version: '1.11.4', product: 'terraform' } })],
    ['version', () => ({ binary: { path: '/bin/terraform', version: '1.12.0', product: 'terraform' } })],
    ['product', () => ({ binary: { path: '/bin/terraform', version: '1.11.4', product: 'opentofu' } })],
    ['required providers', () => ({ stack: stackForMessages({ requiredProviders: { aws: {} } }) })],
    ['backend', () => ({ stack: stackForMessages({ backend: { s3: { bucket: 'x' } } }) })],
    ['backend configuration', () => ({ backendConfig: { bucket: 'c', key: 'b' } })],
    ['lock file', () => ({ lockFile: at('rc') })],
    ['CLI configuration', () => ({ env: {} })],
    ['CLI configuration that is gone', () => ({ env: { TF_CLI_CONFIG_FILE: at('none') } })],
    ['plugin cache', () => ({ env: { TF_CLI_CONFIG_FILE: at('rc'), TF_PLUGIN_CACHE_DIR: '/cache' } })],
  ])('changes with the %s', async (_name, change) => {
    expect(await fingerprint(change())).not.toBe(await fingerprint());
  });

  it("changes with the content of the user's default CLI configuration", async () => {
    const env = { HOME: directory() };
    const before = await fingerprint({ env });
    await writeFile(at('.terraformrc'), 'plugin_cache_dir = "/x"');
    expect(await fingerprint({ env })).not.toBe(before);
  });

  it('changes with the content of the CLI configuration', async () => {
    const before = await fingerprint();
    await writeFile(at('rc'), 'another');
    expect(await fingerprint()).not.toBe(before);
  });
});
