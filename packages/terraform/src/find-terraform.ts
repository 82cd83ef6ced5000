import { access, constants } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { isFile } from '@nightshift/files';
import {
  DOWNLOADED_VERSION,
  downloadedTerraform,
  type DownloadOptions,
  downloadTerraform,
  type Platform,
  platformOf,
} from './download-terraform';
import { userConfiguration } from './find-providers';
import { type ProcessEnvironment, runProcess, type RunProcess } from './run-process';
import { absolutePath, usableVariables, setting } from './terraform-environment';
import {
  type TerraformBinary,
  configurationProblems,
  askVersion,
  knownVersion,
  fits,
  SUPPORTED_VERSIONS,
} from './terraform-version';

export interface FindTerraformOptions {
  /** The user's environment: `PATH`, `NIGHTSHIFT_TERRAFORM`, `TF_CLI_CONFIG_FILE`. */
  readonly env: ProcessEnvironment;
  /** Directory of downloaded Terraform versions: `<cacheDirectory>/terraform/<version>/terraform`. */
  readonly cacheDirectory: string;
  /** Receives each step of a download as one phrase. @default - does nothing */
  readonly onProgress?: ((message: string) => void) | undefined;
  /** Base directory of relative paths. @default - the current directory */
  readonly cwd?: string | undefined;
  /** The home directory for `~`. @default - the one of the operating system */
  readonly home?: string | undefined;
  /** @default - this machine's */
  readonly platform?: Platform | undefined;
  /** @default - a real process */
  readonly run?: RunProcess | undefined;
  /** @default - releases.hashicorp.com, and the checksums that are pinned here */
  readonly download?: Pick<DownloadOptions, 'getRelease' | 'archiveSha256'> | undefined;
}

export interface FoundTerraform {
  readonly binary: TerraformBinary;
  /** Its source: `NIGHTSHIFT_TERRAFORM`, `PATH`, the cache, or a download by this run. */
  readonly source: 'explicit' | 'path' | 'cache' | 'download';
  /** The variables of the user that Terraform gets. */
  readonly env: ProcessEnvironment;
  /** Messages for the user about ignored settings. Usually empty. */
  readonly notices: readonly string[];
}

/**
 * Finds a Terraform or OpenTofu that can run the stacks.
 *
 * @throws {UserError} when none is suitable and none can be downloaded, or when `NIGHTSHIFT_TERRAFORM` is invalid.
 */
export async function findTerraform(options: FindTerraformOptions): Promise<FoundTerraform> {
  const { cwd = process.cwd(), home = homedir(), platform = platformOf(process), run = runProcess } = options;
  const { env, notices } = await usableVariables(options.env, { cwd, home });
  const found = await choose({ ...options, cwd, home, platform, run }, env);
  const configuration = await userConfiguration({ env, home, platform });
  const problems = configuration ? await configurationProblems(found.binary.path, { env, cwd, run }) : [];
  return { ...found, env, notices: [...notices, ...found.notices, ...problems] };
}

interface Chosen extends FindTerraformOptions {
  readonly cwd: string;
  readonly home: string;
  readonly platform: Platform;
  readonly run: RunProcess;
}

async function choose(options: Chosen, env: ProcessEnvironment): Promise<Omit<FoundTerraform, 'env'>> {
  const { cacheDirectory, cwd, platform, run } = options;
  const ask = (path: string) => askVersion(path, { env, cwd, run });
  const probe = (path: string) => knownVersion(path, cacheDirectory, ask);

  const named = setting(options.env, 'NIGHTSHIFT_TERRAFORM');
  if (named) {
    const path = await withoutWrapper(absolutePath(named, options), platform);
    return { binary: await explicit(path, probe), source: 'explicit', notices: [] };
  }

  const unfit: string[] = [];
  for (const path of await onPath(env, platform)) {
    const binary = await probe(path);
    if (binary && fits(binary)) return { binary, source: 'path', notices: [] };
    unfit.push(binary ? `${binary.product} ${binary.version} (${path})` : `${path} (unknown version)`);
  }

  const downloaded = downloadedTerraform({ cacheDirectory, platform });
  const notices = unfit.map((what) => `PATH holds ${what}: Terraform ${DOWNLOADED_VERSION} is used instead`);
  if (await isFile(downloaded.path)) return { notices, binary: downloaded, source: 'cache' };
  const { onProgress = () => undefined } = options;
  const download = { cacheDirectory, platform, onProgress, askVersion: ask, ...options.download };
  const binary = await downloadTerraform(download).catch((error: unknown) => {
    throw new UserError({
      where: 'terraform',
      what: `${SUPPORTED_VERSIONS} is required, and Terraform ${DOWNLOADED_VERSION} cannot be downloaded (${reasonOf(error)})`,
      got: unfit.join(' and ') || 'none on PATH',
      todo: 'install it from https://developer.hashicorp.com/terraform/install, or set NIGHTSHIFT_TERRAFORM to its path',
    });
  });
  return { notices, binary, source: 'download' };
}

async function explicit(
  path: string,
  probe: (path: string) => Promise<TerraformBinary | undefined>,
): Promise<TerraformBinary> {
  const refuse = (what: string, got = path) =>
    new UserError({
      where: 'NIGHTSHIFT_TERRAFORM',
      what,
      got,
      todo: `set it to the path of ${SUPPORTED_VERSIONS}, or unset it`,
    });
  if (!(await isExecutable(path))) throw refuse('is not an executable file');
  const binary = await probe(path);
  if (!binary) throw refuse('does not report a version of Terraform or OpenTofu');
  if (!fits(binary)) throw refuse('is not a supported version', `${binary.product} ${binary.version} (${path})`);
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
      found.push(await withoutWrapper(path, { os }));
      break;
    }
  }
  return found;
}

/**
 * The action hashicorp/setup-terraform replaces Terraform by a script that adds lines to its output and does not forward signals. The
 * program itself is next to it.
 * https://github.com/hashicorp/setup-terraform/blob/main/lib/setup-terraform.js
 */
async function withoutWrapper(path: string, { os }: Pick<Platform, 'os'>): Promise<string> {
  const program = join(dirname(path), os === 'windows' ? 'terraform-bin.exe' : 'terraform-bin');
  const isWrapper = /^terraform(?:\.exe)?$/.test(basename(path)) && (await isExecutable(program));
  return isWrapper ? program : path;
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
