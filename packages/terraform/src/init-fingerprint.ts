import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { platformOf } from './platform';
import { readOptionalFile } from './read-optional-file';
import type { ProcessEnvironment } from './run-process';
import type { SynthesizedStack } from './synthesized-stack';
import type { TerraformBinary } from './terraform-binary';
import { setting } from './setting';
import { configurationFile } from './user-configuration';

/** Values for the blanks of a partial backend configuration. */
export type BackendConfig = Readonly<Record<string, string>>;

export interface InitInputs {
  readonly binary: TerraformBinary;
  readonly stack: SynthesizedStack;
  readonly backendConfig: BackendConfig;
  readonly lockFile: string;
  readonly env: ProcessEnvironment;
}

/**
 * One hash over everything that decides what `terraform init` does. As long as it stays the same, `init` (seconds: it
 * hashes the provider's 700 MB) would change nothing.
 */
export async function initFingerprint({ binary, stack, backendConfig, lockFile, env }: InitInputs): Promise<string> {
  const home = setting(env, 'HOME') ?? homedir();
  const configuration = configurationFile({ env, home, platform: platformOf(process) });
  const inputs = {
    ...binary,
    providers: stack.requiredProviders,
    backend: stack.backend,
    backendConfig: Object.entries(backendConfig).sort(([a], [b]) => a.localeCompare(b)),
    lock: await readFile(lockFile, 'utf8'),
    configuration: [configuration, await readOptionalFile(configuration)],
    pluginCache: setting(env, 'TF_PLUGIN_CACHE_DIR'),
  };
  return createHash('sha256').update(JSON.stringify(inputs)).digest('hex');
}
