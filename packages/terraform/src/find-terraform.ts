import { access, constants } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { UserError } from '@nightshift/errors';
import { askVersion } from './ask-version';
import { downloadedTerraform, downloadTerraform, DOWNLOADED_VERSION, type GetRelease } from './download-terraform';
import { isFile } from './is-file';
import { knownVersion } from './known-version';
import { platformOf, type Platform } from './platform';
import { runProcess, type ProcessEnvironment, type RunProcess } from './run-process';
import { fits, SUPPORTED_VERSIONS, type TerraformBinary } from './terraform-binary';
import { usableEnvironment } from './usable-environment';
import { setting } from './setting';

export interface FindTerraformOptions {
  /** The user's environment: `PATH`, `NIGHTSHIFT_TERRAFORM`, `TF_CLI_CONFIG_FILE`. */
  readonly env: ProcessEnvironment;
  /** Where a downloaded Terraform is kept, as `<cacheDirectory>/terraform/<version>/terraform`. */
  readonly cacheDirectory: string;
  /** Told what goes on, one phrase at a time, when something has to be downloaded. @default - silent */
  readonly onProgress?: ((message: string) => void) | undefined;
  /** Where relative paths begin. @default - the current one */
  readonly cwd?: string | undefined;
  /** @default - this machine's */
  readonly platform?: Platform | undefined;
  /** @default - a real process */
  readonly run?: RunProcess | undefined;
  /** @default - releases.hashicorp.com */
  readonly getRelease?: GetRelease | undefined;
}

export interface FoundTerraform {
  readonly binary: TerraformBinary;
  /** Where it comes from: `NIGHTSHIFT_TERRAFORM`, `PATH`, the cache, or downloaded just now. */
  readonly source: 'explicit' | 'path' | 'cache' | 'download';
  /** The user's environment without what Terraform would choke on. Hand it to `findProviders`. */
  readonly env: ProcessEnvironment;
  /** Lines to show the user: what was ignored, and why. Mostly empty. */
  readonly notices: readonly string[];
}

/**
 * Finds a Terraform or OpenTofu that can run the stacks.
 *
 * @throws {UserError} when there is none that fits and none can be downloaded, or when `NIGHTSHIFT_TERRAFORM` is wrong.
 */
export async function findTerraform(options: FindTerraformOptions): Promise<FoundTerraform> {
  const { cacheDirectory, cwd = process.cwd(), platform = platformOf(process), run = runProcess } = options;
  const { env, notices } = await usableEnvironment(options.env);
  const ask = (path: string) => askVersion(path, { env, cwd, run });
  const look = (path: string) => knownVersion(path, cacheDirectory, ask);

  const named = setting(env, 'NIGHTSHIFT_TERRAFORM');
  if (named) return { binary: await explicit(resolve(cwd, named), look), source: 'explicit', env, notices };

  const unfit: string[] = [];
  for (const path of await onPath(env, platform)) {
    const binary = await look(path);
    if (binary && fits(binary)) return { binary, source: 'path', env, notices };
    unfit.push(binary ? `${binary.product} ${binary.version} (${path})` : `${path}, which tells no version`);
  }

  const downloaded = downloadedTerraform({ cacheDirectory, platform });
  const instead = unfit.map((what) => `PATH holds ${what}: Terraform ${DOWNLOADED_VERSION} is used instead`);
  const found = { env, notices: [...notices, ...instead] };
  if (await isFile(downloaded.path)) return { ...found, binary: downloaded, source: 'cache' };
  const { onProgress = () => undefined, getRelease } = options;
  const download = { cacheDirectory, platform, onProgress, askVersion: ask, getRelease };
  const binary = await downloadTerraform(download).catch((error: unknown) => {
    throw new UserError({
      where: 'terraform',
      what: `${SUPPORTED_VERSIONS} is needed, and Terraform ${DOWNLOADED_VERSION} cannot be downloaded (${reasonOf(error)})`,
      got: unfit.join(' and ') || 'none on PATH',
      todo: 'install one from https://developer.hashicorp.com/terraform/install, or name it in NIGHTSHIFT_TERRAFORM',
    });
  });
  return { ...found, binary, source: 'download' };
}

async function explicit(
  path: string,
  look: (path: string) => Promise<TerraformBinary | undefined>,
): Promise<TerraformBinary> {
  const refuse = (what: string, got = path) =>
    new UserError({
      where: 'NIGHTSHIFT_TERRAFORM',
      what,
      got,
      todo: `name the file of a ${SUPPORTED_VERSIONS}, or unset it`,
    });
  if (!(await isExecutable(path))) throw refuse('is no program');
  const binary = await look(path);
  if (!binary) throw refuse('does not tell a version as Terraform does');
  if (!fits(binary)) throw refuse('cannot run the stacks', `${binary.product} ${binary.version} (${path})`);
  return binary;
}

/** The first `terraform`, then the first `tofu`, as a shell would find them. */
async function onPath(env: ProcessEnvironment, { os }: Platform): Promise<readonly string[]> {
  const directories = (setting(env, 'PATH') ?? '').split(delimiter).filter((directory) => directory !== '');
  const found: string[] = [];
  for (const name of ['terraform', 'tofu']) {
    for (const directory of directories) {
      const path = join(directory, os === 'windows' ? `${name}.exe` : name);
      if (!(await isExecutable(path))) continue;
      found.push(path);
      break;
    }
  }
  return found;
}

async function isExecutable(path: string): Promise<boolean> {
  if (!(await isFile(path))) return false;
  return await access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message.split('\n', 1).join() : String(error);
}
