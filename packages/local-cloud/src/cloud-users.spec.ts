import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asCloudUser, refuseWhileUsed } from './cloud-users';
import { FakeMachine } from './testing/fake-machine';
import { temporaryFolder } from './testing/temporary-folder';

describe('the users of a local cloud', () => {
  const root = temporaryFolder();
  let machine: FakeMachine;
  const folder = () => join(root(), 'users');
  const as = (pid: number) => ({ ...machine.effects, pid });
  const use = <T>(pid: number, doing: string, action: () => Promise<T>) =>
    asCloudUser({ folder: folder(), doing, effects: as(pid) }, action);
  beforeEach(() => {
    machine = new FakeMachine();
    for (const pid of [7, 8]) machine.alive.add(pid);
  });

  it('keep others from stopping it, and are named with their processes', async () => {
    await use(8, 'deploy of compute in local', () =>
      use(7, 'npm start of local', async () => {
        await expect(refuseWhileUsed(folder(), machine.effects)).rejects.toThrow(
          'local cloud: in use, got npm start of local, process 7 - wait until it ends, or stop it (kill -INT 7), then run this command again\n' +
            'local cloud: in use, got deploy of compute in local, process 8 - wait until it ends, or stop it (kill -INT 8), then run this command again',
        );
      }),
    );
    expect(readdirSync(folder())).toEqual([]);
    await refuseWhileUsed(folder(), machine.effects);
  });

  it('do not keep themselves from stopping it', async () => {
    await use(7, 'npm start of local', () => refuseWhileUsed(folder(), as(7)));
  });

  it('are forgotten when their process has died', async () => {
    await use(7, 'deploy of compute in local', async () => {
      machine.alive.delete(7);
      await refuseWhileUsed(folder(), machine.effects);
      expect(readdirSync(folder())).toEqual([]);
    });
  });

  it('are not known where a note is not written yet, or nobody has ever used it', async () => {
    await refuseWhileUsed(folder(), machine.effects);
    expect(existsSync(folder())).toBe(false);
    await use(7, 'x', async () => {
      writeFileSync(join(folder(), '7.json'), '');
      await refuseWhileUsed(folder(), machine.effects);
    });
  });

  it('work where nothing can be written', async () => {
    writeFileSync(folder(), 'a file');
    expect(await use(7, 'x', () => Promise.resolve('done'))).toBe('done');
    await expect(refuseWhileUsed(folder(), machine.effects)).rejects.toThrow('ENOTDIR');
  });

  it('are nobody else’s to read', async () => {
    await use(7, 'x', () => {
      expect(statSync(folder()).mode & 0o777).toBe(0o700);
      return Promise.resolve();
    });
  });
});
