import { createHash } from 'node:crypto';
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { readOptionalFile, withFileLock } from '@nightshift/files';
import { type BackendConfig, recordedElsewhere } from './backend-record';
import { platformOf } from './download-terraform';
import { configurationFile } from './find-providers';
import { LOCK_FILE } from './provider-mirror';
import type { ProcessEnvironment } from './run-process';
import { runTerraform, type TerraformOptions } from './run-terraform';
import type { SynthesizedStack } from './synthesized-stack';
import { setting } from './terraform-environment';
import { TerraformInterrupted } from './terraform-error';
import type { TerraformBinary } from './terraform-version';

/** In the stack's directory, as Terraform requires. */
const OWN_LOCK_FILE = '.terraform.lock.hcl';

/** Runs `terraform init`, unless an earlier run with the same inputs is still valid. @returns whether it was skipped. */
export async function initStack(
  options: TerraformOptions,
  stack: SynthesizedStack,
  backendConfig: BackendConfig,
): Promise<{ readonly skipped: boolean }> {
  const { binary, directory, env, lockFile = LOCK_FILE } = options;
  const fingerprint = await initFingerprint({ binary, stack, backendConfig, lockFile, env });
  const isStamped = (await readOptionalFile(stampOf(directory))) === fingerprint;
  if (isStamped && !(await recordedElsewhere(stack, backendConfig))) return { skipped: true };
  await forgetInit(directory);
  await withPluginCache(options, stack, lockFile, async () => {
    // `-reconfigure`: connects to a changed backend, and never migrates a state by accident.
    await runTerraform({
      options,
      stack,
      phase: 'init',
      args: ['init', '-json', '-reconfigure', ...backendArguments(backendConfig)],
    });
  });
  await refuseOtherBackend(options, stack, backendConfig);
  await writeFile(`${stampOf(directory)}.new`, fingerprint);
  await rename(`${stampOf(directory)}.new`, stampOf(directory));
  return { skipped: false };
}

/** @throws {UserError} when a wrapper around Terraform has added arguments to `init`. */
async function refuseOtherBackend(
  { binary }: TerraformOptions,
  stack: SynthesizedStack,
  backendConfig: BackendConfig,
): Promise<void> {
  const elsewhere = await recordedElsewhere(stack, backendConfig);
  if (elsewhere === undefined) return;
  throw new UserError({
    where: stack.name,
    what: `${binary.product} init connected to a state that differs from the configuration: ${elsewhere}`,
    got: binary.path,
    todo: 'set NIGHTSHIFT_TERRAFORM to the Terraform binary itself, not to a wrapper script',
  });
}

/** Makes the next `initStack` run Terraform. */
export async function forgetInit(directory: string): Promise<void> {
  await rm(stampOf(directory), { force: true });
}

function backendArguments(backendConfig: BackendConfig): readonly string[] {
  return Object.entries(backendConfig).map(([key, value]) => `-backend-config=${key}=${value}`);
}

/** In `.terraform`, so that deleting this directory resets it. */
function stampOf(directory: string): string {
  return join(directory, '.terraform', 'nightshift-init');
}

/**
 * Terraform neither locks its plugin cache nor uses it for a platform whose unpacked checksum (`h1:`) is not in the
 * lock file; https://developer.hashicorp.com/terraform/cli/config/config-file#provider-plugin-cache. So processes with a shared cache run
 * one at a time, and the others copy the completed lock file of the first one.
 */
async function withPluginCache(
  { binary, directory, env, interrupt, onEvent }: TerraformOptions,
  stack: SynthesizedStack,
  lockFile: string,
  init: () => Promise<void>,
): Promise<void> {
  const own = join(directory, OWN_LOCK_FILE);
  const cache = setting(env, 'TF_PLUGIN_CACHE_DIR');
  const pinned = await readFile(lockFile, 'utf8');
  if (cache === undefined) {
    await writeFile(own, locksFor(binary, pinned));
    await init();
    return;
  }
  const completed = join(cache, `${createHash('sha256').update(pinned).digest('hex')}.lock.hcl`);
  const onWait = () => {
    onEvent({ type: 'phase', phase: 'install' });
  };
  const turn = { path: join(cache, 'nightshift.lock'), onWait, signal: interrupt };
  await withFileLock(turn, async () => {
    await writeFile(own, locksFor(binary, (await readOptionalFile(completed)) ?? pinned));
    await init();
    await copyFile(own, completed);
  }).catch((error: unknown) => {
    throw (error as Error).name === 'AbortError' ? new TerraformInterrupted(stack.name, 'init') : error;
  });
}

/** A provider of HashiCorp in a lock file, and its version. */
const LOCKED = /^provider "registry\.terraform\.io\/(hashicorp\/[\w-]+)" \{\n\s+version\s+= ("[^"]+")$/gm;

/**
 * OpenTofu adds an unused entry of its own registry for each HashiCorp provider, with a warning, and `init` removes it later. If the entry
 * already exists, OpenTofu prints no warning.
 * https://github.com/opentofu/opentofu/blob/v1.12.6/internal/depsfile/locks.go
 */
function locksFor({ product }: TerraformBinary, locks: string): string {
  if (product !== 'opentofu') return locks;
  const entries = [...locks.matchAll(LOCKED)].map(
    ([, provider, version]) => `provider "registry.opentofu.org/${provider}" {\n  version = ${version}\n}\n`,
  );
  return [locks, ...entries].join('\n');
}

export interface InitInputs {
  readonly binary: TerraformBinary;
  readonly stack: SynthesizedStack;
  readonly backendConfig: BackendConfig;
  readonly lockFile: string;
  readonly env: ProcessEnvironment;
}

/**
 * A hash of all inputs of `terraform init`. If it is unchanged, `init` is skipped, which takes seconds because it hashes the provider's 700
 * MB.
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
