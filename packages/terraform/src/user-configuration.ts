import { join } from 'node:path';
import type { Platform } from './platform';
import { readOptionalFile } from './read-optional-file';
import type { ProcessEnvironment } from './run-process';
import { setting } from './setting';

/** The user's own Terraform CLI configuration, as far as it concerns providers. */
export interface UserConfiguration {
  readonly path: string;
  /** Whether it says where providers come from. */
  readonly decides: boolean;
  /** Its shared plugin cache. */
  readonly pluginCache: string | undefined;
}

interface Where {
  readonly env: ProcessEnvironment;
  readonly home: string;
  readonly platform: Platform;
}

/** The CLI configuration that Terraform reads, whether it is there or not. */
export function configurationFile({ env, home, platform }: Where): string {
  const named = setting(env, 'TF_CLI_CONFIG_FILE');
  if (named !== undefined) return named;
  return platform.os === 'windows'
    ? join(setting(env, 'APPDATA') ?? join(home, 'AppData', 'Roaming'), 'terraform.rc')
    : join(home, '.terraformrc');
}

/** Reads `TF_CLI_CONFIG_FILE`, else `~/.terraformrc`; https://developer.hashicorp.com/terraform/cli/config/config-file */
export async function userConfiguration({ env, home, platform }: Where): Promise<UserConfiguration | undefined> {
  const named = setting(env, 'TF_CLI_CONFIG_FILE');
  const path = configurationFile({ env, home, platform });
  const text = await readOptionalFile(path);
  if (text === undefined) return undefined;
  const [, pluginCache] = /^\s*plugin_cache_dir\s*=\s*"([^"]+)"/m.exec(text) ?? [];
  return {
    path,
    // Who names a file knows what is in it; the usual one is often there for credentials only.
    decides: named !== undefined || /^\s*provider_installation\s*\{/m.test(text),
    pluginCache: pluginCache?.replace(
      /\$(?:\{(\w+)\}|(\w+))/g,
      (_, braced: string, bare: string) => env[braced || bare] ?? '',
    ),
  };
}
