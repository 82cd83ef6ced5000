import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { checklistLine } from '../checklist/checklist-line';
import type { Effects } from '../effects';

/**
 * Takes the local cloud away, and what was synthesized for an environment with it. Nothing there is no error. Does not read
 * the environment file: it may be what is wrong.
 */
export async function stopEnvironment(
  suffix: string,
  { stdout, root, localCloud }: Pick<Effects, 'stdout' | 'root' | 'localCloud'>,
): Promise<void> {
  const report = (title: string, detail: string) => {
    stdout.write(checklistLine({ mark: 'OK', title, detail }, stdout.colours));
  };
  const { stopped } = await (await localCloud()).down();
  report('local cloud', stopped ? 'stopped, all that was deployed to it is gone' : 'was not running');
  const outdir = join('cdktf.out', suffix);
  const synthesized = (await entriesOf(join(root, 'cdktf.out'))).includes(suffix);
  if (synthesized) await rm(join(root, outdir), { recursive: true, force: true });
  report(outdir, synthesized ? 'removed' : 'already gone');
}

/** Only what stands in the list is removed, so that no name can lead out of the directory. */
async function entriesOf(directory: string): Promise<readonly string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
