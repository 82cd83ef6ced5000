import { createHash } from 'node:crypto';
import { access, constants, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, delimiter, dirname, join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { isFile, readOptionalFile, writeFileAtomically } from '@nightshift/files';
import {
  DOWNLOADED_VERSION,
  downloadedTerraform,
  type DownloadOptions,
  downloadTerraform,
  type Platform,
  platformOf,
} from './download-terraform';
import { setting, userConfiguration } from './find-providers';
import { type ProcessEnvironment, type ProcessResult, runProcess, type RunProcess } from './run-terraform';
import { absolutePath, terraformEnvironment, usableVariables } from './terraform-environment';
import { diagnosticsInText, onePhrase } from './terraform-error';
import { JsonReader } from './terraform-output';

export interface FindTerraformOptions {
  /** The user's environment: `PATH`, `NIGHTSHIFT_TERRAFORM`, `TF_CLI_CONFIG_FILE`. */
  readonly env: ProcessEnvironment;
  /** Where a downloaded Terraform is kept, as `<cacheDirectory>/terraform/<version>/terraform`. */
  readonly cacheDirectory: string;
  /** Told what goes on, one phrase at a time, when something has to be downloaded. @default - silent */
  readonly onProgress?: ((message: string) => void) | undefined;
  /** Where relative paths begin. @default - the current one */
  readonly cwd?: string | undefined;
  /** The user's, for `~`. @default - the one of the operating system */
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
  /** Where it comes from: `NIGHTSHIFT_TERRAFORM`, `PATH`, the cache, or downloaded just now. */
  readonly source: 'explicit' | 'path' | 'cache' | 'download';
  /** The variables of the user that Terraform gets. */
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
  const look = (path: string) => knownVersion(path, cacheDirectory, ask);

  const named = setting(options.env, 'NIGHTSHIFT_TERRAFORM');
  if (named) {
    const path = await withoutWrapper(absolutePath(named, options), platform);
    return { binary: await explicit(path, look), source: 'explicit', notices: [] };
  }

  const unfit: string[] = [];
  for (const path of await onPath(env, platform)) {
    const binary = await look(path);
    if (binary && fits(binary)) return { binary, source: 'path', notices: [] };
    unfit.push(binary ? `${binary.product} ${binary.version} (${path})` : `${path}, which tells no version`);
  }

  const downloaded = downloadedTerraform({ cacheDirectory, platform });
  const notices = unfit.map((what) => `PATH holds ${what}: Terraform ${DOWNLOADED_VERSION} is used instead`);
  if (await isFile(downloaded.path)) return { notices, binary: downloaded, source: 'cache' };
  const { onProgress = () => undefined } = options;
  const download = { cacheDirectory, platform, onProgress, askVersion: ask, ...options.download };
  const binary = await downloadTerraform(download).catch((error: unknown) => {
    throw new UserError({
      where: 'terraform',
      what: `${SUPPORTED_VERSIONS} is needed, and Terraform ${DOWNLOADED_VERSION} cannot be downloaded (${reasonOf(error)})`,
      got: unfit.join(' and ') || 'none on PATH',
      todo: 'install one from https://developer.hashicorp.com/terraform/install, or name it in NIGHTSHIFT_TERRAFORM',
    });
  });
  return { notices, binary, source: 'download' };
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
      found.push(await withoutWrapper(path, { os }));
      break;
    }
  }
  return found;
}

/**
 * The action hashicorp/setup-terraform puts a script in the place of Terraform, which adds lines to its output and does not
 * pass signals on; the program itself is beside it.
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

const products = { Terraform: 'terraform', OpenTofu: 'opentofu' } as const;

interface AskVersionOptions {
  /** The user's environment: what stands on PATH may be a script that reads it and calls the real binary. */
  readonly env: ProcessEnvironment;
  /** Where to ask, for the same reason. */
  readonly cwd: string;
  readonly run: RunProcess;
}

/** Asks a program whether it is Terraform or OpenTofu, and which version: 0.04 s. Undefined when it is neither. */
export async function askVersion(path: string, options: AskVersionOptions): Promise<TerraformBinary | undefined> {
  const { result, lines } = await runVersion(path, options);
  const [, name, version] = /^(Terraform|OpenTofu) v(\d+\.\d+\.\S+)$/m.exec(lines.join('\n')) ?? [];
  if (result.exitCode !== 0 || version === undefined) return undefined;
  return { path, version, product: products[name as keyof typeof products] };
}

/** Errors in the user's CLI configuration, for the user: Terraform goes on without what it cannot read. */
async function configurationProblems(path: string, options: AskVersionOptions): Promise<readonly string[]> {
  const { lines } = await runVersion(path, options);
  return diagnosticsInText(lines).map(
    ({ summary, detail }) => `Terraform ignores a part of your CLI configuration: ${onePhrase(summary, detail)}`,
  );
}

async function runVersion(
  file: string,
  { env, cwd, run }: AskVersionOptions,
): Promise<{ readonly result: ProcessResult; readonly lines: readonly string[] }> {
  const lines: string[] = [];
  const onLine = (line: string) => lines.push(line);
  const result = await run({ file, args: ['version'], cwd, env: terraformEnvironment(env), onLine });
  return { result, lines };
}

/** The binary itself: version managers put scripts, or links to themselves, in its place. */
const BINARY_NAME = /^(?:terraform|terraform-bin|tofu)(?:\.exe)?$/;

const SMALLEST_BINARY_BYTES = 1_000_000;

/**
 * What `ask` says of a binary, asked again only when its file has changed: 0.04 s less for every command. A program
 * that may be another one tomorrow without a change of its file is always asked.
 */
export async function knownVersion(
  path: string,
  cacheDirectory: string,
  ask: (path: string) => Promise<TerraformBinary | undefined>,
): Promise<TerraformBinary | undefined> {
  const file = await realpath(path);
  const { size, mtimeMs } = await stat(file);
  if (!BINARY_NAME.test(basename(file)) || size < SMALLEST_BINARY_BYTES) return await ask(path);
  const identity = createHash('sha256')
    .update(JSON.stringify([file, size, mtimeMs]))
    .digest('hex');
  const note = join(cacheDirectory, 'terraform', 'versions', `${identity}.json`);
  const known = JsonReader.parse((await readOptionalFile(note)) ?? '');
  const version = known?.text('version');
  if (version !== undefined)
    return { path, version, product: known?.text('product') === 'opentofu' ? 'opentofu' : 'terraform' };
  const answer = await ask(path);
  if (answer) await writeFileAtomically(note, JSON.stringify(answer));
  return answer;
}

/** The Terraform or OpenTofu that runs the stacks. */
export interface TerraformBinary {
  /** What to execute: an absolute path, or a bare name that is looked up on PATH. */
  readonly path: string;
  /** Such as `1.11.4`. */
  readonly version: string;
  readonly product: TerraformProduct;
}

export type TerraformProduct = 'terraform' | 'opentofu';

/** Minor versions of major version 1: S3 state with a native lock file (`use_lockfile`) decides the lower bounds. */
const lowestMinor: Readonly<Record<TerraformProduct, number>> = { terraform: 11, opentofu: 10 };

/** For messages: what a machine must have. */
const SUPPORTED_VERSIONS = 'Terraform >= 1.11 < 2 or OpenTofu >= 1.10 < 2';

/** Whether a binary can run the stacks. Pre-releases count as the version that they lead to. */
export function fits({ product, version }: Pick<TerraformBinary, 'product' | 'version'>): boolean {
  const [major, minor] = version.split('.');
  return major === '1' && Number(minor) >= lowestMinor[product];
}
