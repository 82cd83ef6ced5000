import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '@nightshift/errors';
import type { Attributes } from './model/value';
import type { SourceFile } from './plan/source';

const FILE = 'cdk.tf.json';

const WRITE_PLAN = 'write it with: terraform show -json <plan file> > plan.json';

const NAME_STACKS = 'pass a directory written by synth, such as cdktf.out/dev';

export interface FoundStacks {
  readonly stacks: Readonly<Record<string, Attributes>>;
  /** The file of each stack, relative to the directory. */
  readonly fileOf: (stack: string) => string;
}

/**
 * The stacks in a directory: the output of CDKTF (with `stacks/<stack>/cdk.tf.json`) or a directory of stacks.
 * @param name the directory as entered.
 * @throws {UserError} when the directory does not exist, contains no stack, or contains an invalid stack.
 */
export async function readStacks(directory: string, name: string): Promise<FoundStacks> {
  for (const folder of ['stacks', '.']) {
    const names = await directoriesIn(join(directory, folder), name, folder === '.');
    const read = await Promise.all(
      names.map(
        async (stack) =>
          [stack, await configurationIn(join(directory, folder, stack), join(name, folder, stack))] as const,
      ),
    );
    const found = read.flatMap(([stack, json]) => (json ? [[stack, json] as const] : []));
    if (found.length > 0) {
      return { stacks: Object.fromEntries(found), fileOf: (stack) => join(folder, stack, FILE) };
    }
  }
  throw new UserError({
    where: name,
    what: `no synthesized stack found: neither <stack>/${FILE} nor stacks/<stack>/${FILE}`,
    todo: NAME_STACKS,
  });
}

async function directoriesIn(directory: string, name: string, required: boolean): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? [entry.name] : [])).sort();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    if (!required) return [];
    throw new UserError({
      where: name,
      what: code === 'ENOENT' ? 'directory not found' : 'is not a directory',
      todo: NAME_STACKS,
    });
  }
}

async function configurationIn(directory: string, name: string): Promise<Attributes | undefined> {
  try {
    const json: unknown = JSON.parse(await readFile(join(directory, FILE), 'utf8'));
    if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json as Attributes;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new UserError({
    where: join(name, FILE),
    what: 'is not a Terraform configuration in JSON',
    todo: 'synthesize again',
  });
}

/**
 * The JSON of a plan.
 * @param name the file as entered.
 * @throws {UserError} when the file does not exist or is not JSON.
 */
export async function readPlan(file: string, name: string): Promise<unknown> {
  try {
    return JSON.parse(decoded(await readFile(file))) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new UserError({ where: name, what: 'is not the JSON of a Terraform plan', todo: WRITE_PLAN });
    }
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'EISDIR') throw error;
    throw new UserError({
      where: name,
      what: code === 'ENOENT' ? 'file not found' : 'is a directory',
      todo: WRITE_PLAN,
    });
  }
}

/**
 * The configuration of a plan, if it is next to the plan: `jobs.tf` for `jobs.json`, otherwise all Terraform files in the directory.
 */
export async function readSources(plan: string): Promise<readonly SourceFile[]> {
  const directory = dirname(plan);
  const names = (await readdir(directory)).filter((name) => /\.tf(?:\.json)?$/.test(name));
  const own = `${basename(plan, '.json')}.tf`;
  const chosen = names.includes(own) ? [own] : names;
  return Promise.all(chosen.map(async (name) => ({ name, text: await readFile(join(directory, name), 'utf8') })));
}

/** PowerShell writes UTF-16 with a byte order mark for `>`, other programs UTF-8 with one. */
function decoded(bytes: Buffer): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return bytes.toString('utf16le').slice(1);
  if (first === 0xfe && second === 0xff)
    return bytes
      .subarray(0, bytes.length & ~1)
      .swap16()
      .toString('utf16le')
      .slice(1);
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}
