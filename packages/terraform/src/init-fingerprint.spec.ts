import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { initFingerprint, type InitInputs } from './init-fingerprint';
import { stackForMessages } from './testing/failure-context';
import { temporaryDirectory } from './testing/temporary-directory';

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

  it('stays the same for what does not matter', async () => {
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

  it('changes with the content of the usual CLI configuration of the user', async () => {
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
