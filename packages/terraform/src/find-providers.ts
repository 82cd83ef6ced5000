import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { readOptionalFile } from '@nightshift/files';
import { type Platform, platformOf } from './download-terraform';
import {
  findMirror,
  mirrorConfiguration,
  packagingIn,
  type ProviderPackage,
  LOCK_FILE,
  lockedProviderVersion,
} from './provider-mirror';
import type { ProcessEnvironment } from './run-process';
import { absolutePath, usableVariables, setting } from './terraform-environment';

export interface FindProvidersOptions {
  /** The user's environment: `TERRAFORM_PLUGIN_MIRROR`, `TF_CLI_CONFIG_FILE`, `TF_PLUGIN_CACHE_DIR`. */
  readonly env: ProcessEnvironment;
  /** Directory of generated CLI configurations and downloaded providers. */
  readonly cacheDirectory: string;
  /** Base directory of relative paths. @default - the current directory */
  readonly cwd?: string | undefined;
  /** The home directory with `~/.terraformrc`. @default - the one of the operating system */
  readonly home?: string | undefined;
  /** @default - this machine's */
  readonly platform?: Platform | undefined;
  /** Directories whose subdirectories can be mirrors. @default - `/opt` and `/usr/share` */
  readonly mirrorParents?: readonly string[] | undefined;
  /** @default - the committed one */
  readonly lockFile?: string | undefined;
}

/** The source of the AWS provider for `terraform init`. */
export interface ProviderSource {
  /** `user`: the CLI configuration of the user. */
  readonly kind: 'user' | 'mirror' | 'registry';
  /** The pinned version, such as `5.100.0`. */
  readonly version: string;
  /** Description for messages, such as `hashicorp/aws 5.100.0 from /opt/tf-plugins`. */
  readonly description: string;
  /** The mirror's directory; absent for `user` and `registry`. */
  readonly directory?: string;
  /** The variables of Terraform: the `env` of `new Terraform(...)`. */
  readonly env: ProcessEnvironment;
}

/**
 * Chooses the source of the AWS provider: the user's CLI configuration, otherwise the directory in `TERRAFORM_PLUGIN_MIRROR`, otherwise a
 * mirror on this machine, otherwise the registry with a shared plugin cache.
 *
 * @throws {UserError} when `TERRAFORM_PLUGIN_MIRROR` is a directory without the pinned provider.
 */
export async function findProviders(options: FindProvidersOptions): Promise<ProviderSource> {
  const { cacheDirectory, cwd = process.cwd(), home = homedir(), lockFile = LOCK_FILE } = options;
  const { platform = platformOf(process), mirrorParents = ['/opt', '/usr/share'] } = options;
  const { env } = await usableVariables(options.env, { cwd, home });
  const version = lockedProviderVersion(lockFile);
  const what = `hashicorp/aws ${version}`;

  const variables = { ...options.env, TF_CLI_CONFIG_FILE: env['TF_CLI_CONFIG_FILE'] };
  const configuration = await userConfiguration({ env: variables, home, platform });
  const cache = setting(env, 'TF_PLUGIN_CACHE_DIR') ?? configuration?.pluginCache;
  const pluginCache = cache && absolutePath(cache, { cwd, home });
  const own = pluginCache ? { ...env, TF_PLUGIN_CACHE_DIR: pluginCache } : env;
  if (configuration?.decides) {
    return { kind: 'user', version, description: `${what} as ${configuration.path} says`, env: own };
  }

  const provider: ProviderPackage = { version, platform };
  const named = setting(env, 'TERRAFORM_PLUGIN_MIRROR');
  const directory = named
    ? await namedMirror(named, provider)
    : await findMirror(provider, { env, home, cwd, mirrorParents });
  const shared = { ...env, TF_PLUGIN_CACHE_DIR: pluginCache ?? join(cacheDirectory, 'terraform', 'providers') };
  if (directory === undefined) {
    await mkdir(shared.TF_PLUGIN_CACHE_DIR, { recursive: true });
    const description = `${what} from registry.terraform.io, kept in ${shared.TF_PLUGIN_CACHE_DIR}`;
    return { kind: 'registry', version, description, env: shared };
  }
  const file = await mirrorConfiguration(directory, cacheDirectory);
  // Terraform links to an unpacked provider, but unpacks a packed one for every stack.
  const base = (await packagingIn(directory, provider)) === 'packed' ? shared : own;
  return {
    kind: 'mirror',
    version,
    directory,
    description: `${what} from ${directory}`,
    env: { ...base, TF_CLI_CONFIG_FILE: file },
  };
}

async function namedMirror(directory: string, provider: ProviderPackage): Promise<string> {
  if (await packagingIn(directory, provider)) return directory;
  const { version, platform } = provider;
  throw new UserError({
    where: 'TERRAFORM_PLUGIN_MIRROR',
    what: `does not contain registry.terraform.io/hashicorp/aws/${version} for ${platform.os}_${platform.arch}`,
    got: directory,
    todo: 'set it to a directory that "terraform providers mirror" created, or unset it',
  });
}

/** The provider settings in the user's Terraform CLI configuration. */
interface UserConfiguration {
  readonly path: string;
  /** Whether it configures the installation of providers. */
  readonly decides: boolean;
  /** Its shared plugin cache. */
  readonly pluginCache: string | undefined;
}

interface Where {
  readonly env: ProcessEnvironment;
  readonly home: string;
  readonly platform: Platform;
}

/** The path of the CLI configuration that Terraform reads; the file may not exist. */
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
    // The user chose this file on purpose. The default file often contains only credentials.
    decides: named !== undefined || /^\s*provider_installation\s*\{/m.test(text),
    pluginCache: pluginCache?.replace(
      /\$(?:\{(\w+)\}|(\w+))/g,
      (_, braced: string, bare: string) => env[braced || bare] ?? '',
    ),
  };
}
