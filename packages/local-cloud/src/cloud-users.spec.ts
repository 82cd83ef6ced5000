import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { asCloudUser, refuseWhileUsed, withCloudLock } from './cloud-users';
import { FakeMachine } from './testing/fake-machine';

describe('the users of a local cloud', () => {
  const root = temporaryDirectory();
  let fake: FakeMachine;
  const folder = () => join(root(), 'users');
  const as = (pid: number) => ({ ...fake.machine, pid });
  const use = <T>(pid: number, doing: string, action: () => Promise<T>) =>
    asCloudUser({ folder: folder(), doing, machine: as(pid) }, action);
  beforeEach(() => {
    fake = new FakeMachine();
    for (const pid of [7, 8]) fake.alive.add(pid);
  });

  it('prevent others from stopping it, and are shown with their processes', async () => {
    await use(8, 'deploy of compute in local', () =>
      use(7, 'npm start of local', async () => {
        await expect(refuseWhileUsed(folder(), fake.machine)).rejects.toThrow(
          'local cloud: in use, got npm start of local, process 7 - wait until it ends, or stop it (kill -INT 7), then run this command again\n' +
            'local cloud: in use, got deploy of compute in local, process 8 - wait until it ends, or stop it (kill -INT 8), then run this command again',
        );
      }),
    );
    expect(readdirSync(folder())).toEqual([]);
    await refuseWhileUsed(folder(), fake.machine);
  });

  it('can stop it themselves', async () => {
    await use(7, 'npm start of local', () => refuseWhileUsed(folder(), as(7)));
  });

  it('are removed when their process has ended', async () => {
    await use(7, 'deploy of compute in local', async () => {
      fake.alive.delete(7);
      await refuseWhileUsed(folder(), fake.machine);
      expect(readdirSync(folder())).toEqual([]);
    });
  });

  it('are ignored if their file is incomplete, or if nobody has used it', async () => {
    await refuseWhileUsed(folder(), fake.machine);
    expect(existsSync(folder())).toBe(false);
    await use(7, 'x', async () => {
      writeFileSync(join(folder(), '7.json'), '');
      await refuseWhileUsed(folder(), fake.machine);
    });
  });

  it('work in a read-only directory', async () => {
    writeFileSync(folder(), 'a file');
    expect(await use(7, 'x', () => Promise.resolve('done'))).toBe('done');
    await expect(refuseWhileUsed(folder(), fake.machine)).rejects.toThrow('ENOTDIR');
  });

  it('are readable by this user only', async () => {
    await use(7, 'x', () => {
      expect(statSync(folder()).mode & 0o777).toBe(0o700);
      return Promise.resolve();
    });
  });
});

describe('the lock of a local cloud', () => {
  const root = temporaryDirectory();

  it('reports the process that holds it, and gives up after ten minutes', async () => {
    const fake = new FakeMachine();
    fake.alive.add(7);
    const path = join(root(), 'server.lock');
    const messages: string[] = [];
    const lock = { path, verb: 'uses', onProgress: (message: string) => messages.push(message) } as const;
    const done = () => Promise.resolve('done');
    await withCloudLock({ ...lock, host: { ...fake.machine, pid: 7 } }, async () => {
      await expect(withCloudLock({ ...lock, host: fake.machine }, done)).rejects.toThrow(
        `local cloud: another process has held its lock for ten minutes, got process 7 - end that process, or delete ${path} if the process is not a nightshift command`,
      );
    });
    expect(fake.time).toBe(600_100);
    expect(messages).toEqual(['waiting for process 7, which uses the local cloud']);
    expect(await withCloudLock({ ...lock, host: fake.machine }, done)).toBe('done');
  });
});
