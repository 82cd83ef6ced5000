import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs, { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isProcessAlive, withFileLock, type FileLockOptions, type LockHost } from './file-lock';
import { temporaryDirectory } from './temporary-directory';

const DEAD = 4242;

describe('withFileLock', () => {
  const directory = temporaryDirectory();
  const lock = () => join(directory(), 'cache', 'lock');
  const beside = () => readdir(dirname(lock()));
  const hold = <T>(work: () => Promise<T>, options: Partial<FileLockOptions> = {}) =>
    withFileLock({ path: lock(), ...options }, work);
  const done = () => Promise.resolve('done');
  const leaveLockOf = async (pid: number) => {
    await mkdir(lock(), { recursive: true });
    await writeFile(join(lock(), `${String(pid)}-1`), '');
  };
  const deadProcess = () => spawnSync(process.execPath, ['-e', '']).pid;
  const host = (overrides: Partial<LockHost> = {}): LockHost => ({
    pid: process.pid,
    isAlive: (pid) => pid !== DEAD,
    now: Date.now,
    sleep: () => sleep(1),
    ...overrides,
  });

  it('holds the lock while the work runs, and leaves nothing behind', async () => {
    const holders = await hold(() => readdir(lock()));
    expect(holders).toEqual([expect.stringMatching(new RegExp(`^${String(process.pid)}-`))]);
    expect(await beside()).toEqual([]);
  });

  it('releases the lock when the work fails', async () => {
    await expect(hold(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(lock())).toBe(false);
  });

  it('runs one work at a time, and reports the holder to a waiting process once', async () => {
    const steps: string[] = [];
    let waits: () => void = () => undefined;
    const secondWaits = new Promise<void>((resolve) => (waits = resolve));
    const onWait = jest.fn(() => {
      waits();
    });
    const work = (name: string) => async () => {
      steps.push(`${name} begins`);
      await secondWaits;
      steps.push(`${name} ends`);
    };
    const first = hold(work('first'));
    while (!existsSync(lock())) await sleep(5);
    await Promise.all([first, hold(work('second'), { onWait })]);
    expect(steps).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    expect(onWait.mock.calls).toEqual([[process.pid]]);
  });

  it('takes over the lock of a process that has ended', async () => {
    await leaveLockOf(deadProcess());
    expect(await hold(done)).toBe('done');
    expect(await beside()).toEqual([]);
  });

  it('gives the lock of a dead process to one of many that wait for it', async () => {
    for (let round = 0; round < 10; round += 1) {
      await leaveLockOf(DEAD);
      let [holders, most] = [0, 0];
      const work = async () => {
        holders += 1;
        most = Math.max(most, holders);
        await sleep(1);
        holders -= 1;
      };
      await Promise.all(Array.from({ length: 20 }, () => hold(work, { host: host() })));
      expect(most).toBe(1);
    }
    expect(await beside()).toEqual([]);
  });

  it('does not take a lock that another process took over in the meantime', async () => {
    await leaveLockOf(DEAD);
    let other: Promise<void> | undefined;
    let finish: () => void = () => undefined;
    const realRename = fs.rename;
    // The second process takes over between the moment that the first sees the dead holder and its own attempt.
    jest.spyOn(fs, 'rename').mockImplementationOnce(async (from, to) => {
      await new Promise<void>((begun) => {
        other = hold(
          () =>
            new Promise<void>((resolve) => {
              finish = resolve;
              begun();
            }),
          { host: host() },
        );
      });
      await realRename(from, to);
    });
    const onWait = jest.fn(() => {
      finish();
    });
    expect(await hold(done, { host: host(), onWait })).toBe('done');
    await other;
    expect(onWait).toHaveBeenCalledTimes(1);
    jest.restoreAllMocks();
  });

  it('does not remove a lock that another process takes during the release', async () => {
    const realRmdir = fs.rmdir;
    jest.spyOn(fs, 'rmdir').mockImplementationOnce(async (path) => {
      await leaveLockOf(process.pid);
      await realRmdir(path);
    });
    await hold(done);
    expect(await readdir(lock())).toEqual([`${String(process.pid)}-1`]);
    jest.restoreAllMocks();
  });

  it("waits for another user's process", async () => {
    await leaveLockOf(1);
    jest.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error(), { code: 'EPERM' });
    });
    await expect(hold(done, { signal: AbortSignal.timeout(150) })).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readdir(lock())).toEqual(['1-1']);
    jest.restoreAllMocks();
  });

  it('stops waiting when its signal fires', async () => {
    const controller = new AbortController();
    const onWait = () => {
      controller.abort();
    };
    await hold(async () => {
      const second = hold(done, { onWait, signal: controller.signal });
      await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    });
  });

  it('fails with the given error after its timeout', async () => {
    await leaveLockOf(1);
    let time = 0;
    const passing = host({
      now: () => time,
      sleep: (milliseconds) => Promise.resolve((time += milliseconds)),
    });
    const timeout = { milliseconds: 60_000, error: (holder: number) => new Error(`held by ${String(holder)}`) };
    await expect(hold(done, { host: passing, timeout })).rejects.toThrow('held by 1');
    expect(time).toBe(60_100);
  });

  it('fails if no lock can be made, instead of waiting', async () => {
    jest.spyOn(fs, 'rename').mockRejectedValue(Object.assign(new Error('not permitted'), { code: 'EPERM' }));
    await expect(hold(done)).rejects.toThrow('not permitted');
    expect(await beside()).toEqual([]);
    jest.restoreAllMocks();
  });
});

describe('isProcessAlive', () => {
  it('distinguishes a running process from one that has ended', () => {
    expect(isProcessAlive(process.pid)).toBe(true);
    expect(isProcessAlive(spawnSync(process.execPath, ['-e', '']).pid)).toBe(false);
  });
});
