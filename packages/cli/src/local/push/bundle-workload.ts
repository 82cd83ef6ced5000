import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import type { Effects } from '../../effects';
import { runForeground } from '../../foreground/run-foreground';

const COMMAND = 'npm run bundle';

/**
 * The batch processor of this checkout in one file, as its image has it.
 * @throws {UserError} when it cannot be bundled; why is on standard error.
 */
export async function bundleWorkload(
  where: string,
  effects: Pick<Effects, 'root' | 'env' | 'spawn' | 'onSignal' | 'stdout' | 'stderr'>,
): Promise<Uint8Array> {
  const directory = await mkdtemp(join(tmpdir(), 'nightshift-bundle-'));
  const file = join(directory, 'main.js');
  try {
    const { exitCode } = await runForeground({
      command: ['npm', 'run', '--silent', 'bundle', '--', `--outfile=${file}`],
      cwd: join(effects.root, 'apps', 'batch-processor'),
      env: effects.env,
      effects,
      where,
      todo: 'install Node.js with npm',
    });
    if (exitCode === 0) return await readFile(file);
    throw new UserError({
      where,
      what: `the batch processor cannot be bundled (${COMMAND})`,
      got: `exit code ${String(exitCode)}`,
      todo: 'mend what the messages above say, then push again',
    });
  } finally {
    await rm(directory, { recursive: true });
  }
}
