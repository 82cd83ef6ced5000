import { createHash } from 'node:crypto';
import { realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readOptionalFile, writeFileAtomically } from '@nightshift/files';
import type { ProcessEnvironment, RunProcess, ProcessResult } from './run-process';
import { terraformEnvironment } from './terraform-environment';
import { diagnosticsInText, onePhrase } from './terraform-error';
import { JsonReader } from './terraform-output';

const products = { Terraform: 'terraform', OpenTofu: 'opentofu' } as const;

interface AskVersionOptions {
  /** The user's environment: `terraform` on PATH can be a script that reads it and calls the real binary. */
  readonly env: ProcessEnvironment;
  /** The working directory of the version command, for the same reason. */
  readonly cwd: string;
  readonly run: RunProcess;
}

/** Runs a program's version command (0.04 s). Undefined if it is neither Terraform nor OpenTofu. */
export async function askVersion(path: string, options: AskVersionOptions): Promise<TerraformBinary | undefined> {
  const { result, lines } = await runVersion(path, options);
  const [, name, version] = /^(Terraform|OpenTofu) v(\d+\.\d+\.\S+)$/m.exec(lines.join('\n')) ?? [];
  if (result.exitCode !== 0 || version === undefined) return undefined;
  return { path, version, product: products[name as keyof typeof products] };
}

/** Errors in the user's CLI configuration, as notices: Terraform ignores the parts that it cannot read. */
export async function configurationProblems(path: string, options: AskVersionOptions): Promise<readonly string[]> {
  const { lines } = await runVersion(path, options);
  return diagnosticsInText(lines).map(
    ({ summary, detail }) => `Terraform ignores part of your CLI configuration: ${onePhrase(summary, detail)}`,
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

/** Recognizes the binary itself: version managers replace it by scripts or links to themselves. */
const BINARY_NAME = /^(?:terraform|terraform-bin|tofu)(?:\.exe)?$/;

const SMALLEST_BINARY_BYTES = 1_000_000;

/**
 * The result of `ask` for a binary, cached until its file changes, which saves 0.04 s per command. Scripts and version managers are always
 * asked, because they can call another binary later.
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
  /** The program to execute: an absolute path, or a name to find on PATH. */
  readonly path: string;
  /** Such as `1.11.4`. */
  readonly version: string;
  readonly product: TerraformProduct;
}

export type TerraformProduct = 'terraform' | 'opentofu';

/** Minor versions of major version 1: S3 state with a native lock file (`use_lockfile`) decides the lower bounds. */
const lowestMinor: Readonly<Record<TerraformProduct, number>> = { terraform: 11, opentofu: 10 };

/** The requirement in messages. */
export const SUPPORTED_VERSIONS = 'Terraform >= 1.11 < 2 or OpenTofu >= 1.10 < 2';

/** Whether the stacks support a binary. A pre-release counts as its final version. */
export function fits({ product, version }: Pick<TerraformBinary, 'product' | 'version'>): boolean {
  const [major, minor] = version.split('.');
  return major === '1' && Number(minor) >= lowestMinor[product];
}
