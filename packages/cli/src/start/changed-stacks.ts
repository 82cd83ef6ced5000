import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunFile } from '../run/run-file';

/**
 * The stacks in which the last run did something, by what it wrote down. The state does not tell: Terraform writes it as
 * well when AWS has only filled in an attribute.
 * @param directory `cdktf.out/<suffix>/stacks`.
 */
export async function changedStacks(directory: string, stacks: Iterable<string>): Promise<string[]> {
  const changed: string[] = [];
  for (const stack of stacks) {
    const { add, change, remove } = await lastRun(join(directory, stack, 'run.json'));
    if (add + change + remove > 0) changed.push(stack);
  }
  return changed;
}

/** A stack that this checkout does not know any more may still have a state, but no run here. */
async function lastRun(file: string): Promise<Pick<RunFile, 'add' | 'change' | 'remove'>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as RunFile;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { add: 0, change: 0, remove: 0 };
    throw error;
  }
}
