import { randomUUID } from 'node:crypto';
import { link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readOptionalFile } from './read-optional-file';

export interface FileLockOptions {
  /** The file that stands for the lock; its directory is created. */
  readonly path: string;
  /** Called once when another process holds the lock. @default - nothing */
  readonly onWait?: (() => void) | undefined;
  /** Ends the wait. @default - waits as long as the other process lives */
  readonly signal?: AbortSignal | undefined;
}

const POLL_MILLISECONDS = 100;

/**
 * Does `work` while no other process on this machine does work under the same lock. A lock whose process is gone is
 * taken over.
 *
 * @throws {DOMException} named `AbortError` when `signal` fires before the work has begun.
 */
export async function withFileLock<T>({ path, onWait, signal }: FileLockOptions, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  if (!(await tryLock(path))) {
    onWait?.();
    do await sleep(POLL_MILLISECONDS, undefined, { signal });
    while (!(await tryLock(path)));
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function tryLock(path: string): Promise<boolean> {
  const own = `${path}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    // A link, so that the lock is never seen without its holder.
    await link(own, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(own);
  }
  const holder = await readOptionalFile(path);
  if (holder !== undefined && !lives(Number(holder))) await rm(path, { force: true });
  return false;
}

function lives(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
