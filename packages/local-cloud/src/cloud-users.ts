import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '@nightshift/errors';
import { readOptionalDirectory, readOptionalFile, withFileLock, type LockHost } from '@nightshift/files';
import type { Processes } from './machine';

/** A process that uses the local cloud. */
export interface CloudUser {
  readonly pid: number;
  /** Such as `deploy of compute in local`. */
  readonly doing: string;
}

type OwnProcesses = Pick<Processes, 'isAlive' | 'pid'>;

/** Records in `folder` that this process uses the local cloud while `action` runs, so that nobody stops it. */
export async function asCloudUser<T>(
  { folder, doing, machine }: { readonly folder: string; readonly doing: string; readonly machine: OwnProcesses },
  action: () => Promise<T>,
): Promise<T> {
  const note = join(folder, `${String(machine.pid)}.json`);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(note, JSON.stringify({ pid: machine.pid, doing } satisfies CloudUser));
  } catch {
    // A disk that is full or read-only is no reason not to work.
  }
  try {
    return await action();
  } finally {
    await rm(note, { force: true }).catch(() => undefined);
  }
}

/** The other processes that use it; removes the files of ended processes. */
async function cloudUsers(folder: string, { isAlive, pid: own }: OwnProcesses): Promise<readonly CloudUser[]> {
  const users: CloudUser[] = [];
  for (const name of [...(await readOptionalDirectory(folder))].sort()) {
    const pid = Number.parseInt(name, 10);
    const text = await readOptionalFile(join(folder, name));
    if (!isAlive(pid)) await rm(join(folder, name), { force: true });
    else if (pid !== own && text) users.push(JSON.parse(text) as CloudUser);
  }
  return users;
}

/** @throws UserError naming each other process that uses it. */
export async function refuseWhileUsed(folder: string, machine: OwnProcesses): Promise<void> {
  const problems = (await cloudUsers(folder, machine)).map(({ pid, doing }) => ({
    where: 'local cloud',
    what: 'in use',
    got: `${doing}, process ${String(pid)}`,
    todo: `wait until it ends, or stop it (kill -INT ${String(pid)}), then run this command again`,
  }));
  const [first, ...others] = problems;
  if (first) throw new UserError(first, ...others);
}

const LOCK_TIMEOUT_MILLISECONDS = 10 * 60_000;

export interface CloudLock {
  readonly path: string;
  readonly host: LockHost;
  /** The action of its holder, such as `uses`. */
  readonly verb: 'uses' | 'deploys to';
  readonly onProgress: (message: string) => void;
}

/**
 * Runs `action` while no other process holds the lock.
 * @throws UserError when another process holds it for ten minutes
 */
export async function withCloudLock<T>(
  { path, host, verb, onProgress }: CloudLock,
  action: () => Promise<T>,
): Promise<T> {
  const onWait = (holder: number) => {
    onProgress(`waiting for process ${String(holder)}, which ${verb} the local cloud`);
  };
  const error = (holder: number) =>
    new UserError({
      where: 'local cloud',
      what: 'another process has held its lock for ten minutes',
      got: `process ${String(holder)}`,
      todo: `end that process, or delete ${path} if the process is not a nightshift command`,
    });
  const timeout = { milliseconds: LOCK_TIMEOUT_MILLISECONDS, error };
  return await withFileLock({ path, host, onWait, timeout }, action);
}
