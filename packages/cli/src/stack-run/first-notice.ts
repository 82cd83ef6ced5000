import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The variable that `nightshift start` sets for the runs of Nx below it. It has shown the notices about this machine. */
export const BELOW_START = 'NIGHTSHIFT_START';

/**
 * Whether this process is the first of an Nx run to print a notice about the machine: Nx starts a process for every stack, some in
 * parallel. Nx's hook after the run (`nx-stacks`) removes the directory.
 * @param runId of Nx. @default - there is no other process
 */
export function isFirstNotice(text: string, runId: string | undefined): boolean {
  if (!runId) return true;
  const directory = join(tmpdir(), `nightshift-notices-${runId}`);
  const name = createHash('sha256').update(text).digest('hex');
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, name), '', { flag: 'wx' });
    return true;
  } catch (error) {
    // Where the directory is not writable, each process prints it.
    return (error as NodeJS.ErrnoException).code !== 'EEXIST';
  }
}
