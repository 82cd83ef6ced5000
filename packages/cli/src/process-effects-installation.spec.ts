import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findInstallation } from './process-effects';

describe('finding Terraform and its provider', () => {
  let directory: string;
  let terraform: string;
  let configuration: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'installation-'));
    configuration = join(directory, 'cli.tfrc');
    terraform = join(directory, 'terraform.sh');
    writeFileSync(terraform, '#!/bin/sh\necho "Terraform v1.11.4"\n');
    chmodSync(terraform, 0o755);
  });
  afterEach(() => {
    rmSync(directory, { recursive: true });
  });

  it('returns both, with their environment and the ignored settings', async () => {
    writeFileSync(configuration, 'provider_installation { direct {} }');
    const env = { NIGHTSHIFT_TERRAFORM: terraform, TF_CLI_CONFIG_FILE: configuration };
    expect(await findInstallation({ env, cacheDirectory: directory })).toMatchObject({
      binary: { path: terraform, version: '1.11.4', product: 'terraform' },
      env: { TF_CLI_CONFIG_FILE: configuration },
      notices: [],
    });
    const missing = { ...env, TF_CLI_CONFIG_FILE: '/none/such', HOME: directory };
    const { env: usable, notices } = await findInstallation({ env: missing, cacheDirectory: directory });
    expect(usable['TF_CLI_CONFIG_FILE']).not.toBe('/none/such');
    expect(notices).toEqual(['TF_CLI_CONFIG_FILE is ignored: /none/such is not a file']);
  });

  it('finds the plugin cache of a variable in the CLI configuration, although Terraform does not get the variable', async () => {
    writeFileSync(configuration, 'plugin_cache_dir = "$CACHES/terraform"');
    const env = { NIGHTSHIFT_TERRAFORM: terraform, TF_CLI_CONFIG_FILE: configuration, CACHES: '/caches' };
    const { env: usable } = await findInstallation({ env, cacheDirectory: directory });
    expect(usable).toEqual({ TF_CLI_CONFIG_FILE: configuration, TF_PLUGIN_CACHE_DIR: '/caches/terraform' });
  });
});
