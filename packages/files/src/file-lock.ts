import { randomUUID } from 'node:crypto';
import { mkdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readOptionalDirectory, undefinedIf } from './whole-files';

/** The processes and the clock of a machine, as a lock uses them. */
export interface LockHost {
  /** The id of this process. */
  readonly pid: number;
  readonly isAlive: (pid: number) => boolean;
  /** Milliseconds. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<unknown>;
}

export interface FileLockOptions {
  /** The lock. Its parent directory is created. */
  readonly path: string;
  /** Called once, with the id of the process that holds the lock. @default - does nothing */
  readonly onWait?: ((holder: number) => void) | undefined;
  /** Ends the wait. @default - waits while the holder lives */
  readonly signal?: AbortSignal | undefined;
  /** How long to wait, and the error after that. @default - waits while the holder lives */
  readonly timeout?: { readonly milliseconds: number; readonly error: (holder: number) => Error } | undefined;
  /** @default - this machine */
  readonly host?: LockHost | undefined;
}

const POLL_MILLISECONDS = 100;

/**
 * Runs `work` while no other process on this machine runs work under the same lock. Takes over the lock of a process
 * that has ended.
 *
 * The lock is a directory with one entry, `<pid>-<random>`, which names its holder. Three atomic steps change it: a
 * prepared directory is renamed to the lock, which fails while the lock has an entry; the entry of a dead holder is
 * renamed to one's own, which works for one process only, as no two entries have the same name; the holder removes
 * its entry. No process removes the entry of another one.
 *
 * @throws {DOMException} named `AbortError` when `signal` fires before `work` runs.
 */
export async function withFileLock<T>(options: FileLockOptions, work: () => Promise<T>): Promise<T> {
  const { path, onWait, signal, timeout, host = thisMachine } = options;
  const entry = `${String(host.pid)}-${randomUUID()}`;
  const started = host.now();
  await mkdir(dirname(path), { recursive: true });
  for (let waits = 0; ; waits += 1) {
    const holder = await takeLock(path, entry, host);
    if (holder === undefined) break;
    if (timeout && host.now() - started > timeout.milliseconds) throw timeout.error(holder);
    if (waits === 0) onWait?.(holder);
    await host.sleep(POLL_MILLISECONDS, signal);
  }
  try {
    return await work();
  } finally {
    await rm(join(path, entry), { force: true });
    // Another process may have taken the empty lock, or removed it.
    await rmdir(path).catch(undefinedIf('ENOTEMPTY', 'EEXIST', 'ENOENT'));
  }
}

/** @returns the process that holds the lock; undefined when this process holds it now. */
async function takeLock(path: string, entry: string, host: LockHost): Promise<number | undefined> {
  for (;;) {
    const [current] = await readOptionalDirectory(path);
    const holder = Number.parseInt(String(current), 10);
    if (current !== undefined && host.isAlive(holder)) return holder;
    if (await (current === undefined ? create(path, entry) : takeOver(path, current, entry))) return undefined;
  }
}

async function create(path: string, entry: string): Promise<boolean> {
  const draft = `${path}.${entry}`;
  await mkdir(draft);
  await writeFile(join(draft, entry), '');
  try {
    return await renamed(draft, path, 'ENOTEMPTY', 'EEXIST');
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function takeOver(path: string, deadEntry: string, entry: string): Promise<boolean> {
  return await renamed(join(path, deadEntry), join(path, entry), 'ENOENT');
}

/** Whether the rename worked; false for the failures that show that another process was faster. */
async function renamed(from: string, to: string, ...lost: readonly string[]): Promise<boolean> {
  const failure = await rename(from, to).then(() => 'none', undefinedIf(...lost));
  return failure !== undefined;
}

/** Whether a process of this machine lives, also of another user. */
export function isProcessAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const thisMachine: LockHost = {
  pid: process.pid,
  isAlive: isProcessAlive,
  now: Date.now,
  sleep: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }),
};
