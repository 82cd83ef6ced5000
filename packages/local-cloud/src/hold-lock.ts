import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UserError } from '@nightshift/errors';
import type { Effects } from './effects';
import { readOptionalFile } from './optional-file';

const PATIENCE_MS = 10 * 60_000;
const INTERVAL_MS = 100;

type LockEffects = Pick<Effects, 'isAlive' | 'now' | 'pid' | 'sleep'>;

export interface Lock {
  readonly path: string;
  readonly effects: LockEffects;
  /** Told once, with the process that holds the lock. */
  readonly onWait: (holder: number) => void;
}

async function take(path: string, pid: number): Promise<boolean> {
  try {
    await writeFile(path, String(pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes away the lock of a process that is gone; puts it back where another one was quicker and it is that one's. */
async function removeStale(path: string, holder: number, pid: number): Promise<void> {
  const aside = `${path}.stale.${String(pid)}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if (Number(await readFile(aside, 'utf8')) === holder) await rm(aside);
  else await rename(aside, path);
}

/**
 * Runs `action` while no other process does so under the same lock. The lock of a process that died is taken over.
 * @throws UserError when another process holds it for ten minutes
 */
export async function holdLock<T>({ path, effects, onWait }: Lock, action: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const started = effects.now();
  let told = false;
  while (!(await take(path, effects.pid))) {
    const holder = Number(await readOptionalFile(path));
    if (holder && !effects.isAlive(holder)) {
      await removeStale(path, holder, effects.pid);
      continue;
    }
    if (effects.now() - started > PATIENCE_MS) {
      throw new UserError({
        where: 'local cloud',
        what: 'another process has been at work on it for ten minutes',
        got: `process ${String(holder)}`,
        todo: `end it, or delete ${path} where it has nothing to do with Nightshift`,
      });
    }
    if (holder && !told) onWait(holder);
    told ||= holder > 0;
    await effects.sleep(INTERVAL_MS);
  }
  try {
    return await action();
  } finally {
    await rm(path, { force: true });
  }
}
