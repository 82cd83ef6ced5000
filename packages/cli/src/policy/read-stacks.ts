import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import type { SynthesizedStacks } from '@nightshift/platform';
import type { Attributes } from '@nightshift/policy';

const FILE = 'cdk.tf.json';

export interface FoundStacks {
  readonly stacks: SynthesizedStacks;
  /** Where each was read, below the directory. */
  readonly fileOf: (stack: string) => string;
}

/**
 * The stacks in a directory, whether that is the output of CDKTF (`stacks/<stack>/cdk.tf.json` below it) or holds the stacks itself.
 * @param name the directory as the user wrote it.
 * @throws {UserError} where there is no directory, no stack in it, or one that is no Terraform configuration.
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
    what: `holds no synthesized stack: neither <stack>/${FILE} nor stacks/<stack>/${FILE}`,
    todo: 'name what synth has written, such as cdktf.out/dev',
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
      what: code === 'ENOENT' ? 'there is no such directory' : 'is no directory',
      todo: 'name what synth has written, such as cdktf.out/dev',
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
    what: 'is no Terraform configuration in JSON',
    todo: 'synthesize again',
  });
}
