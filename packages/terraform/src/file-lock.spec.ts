import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fs from 'node:fs/promises';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFileLock } from './file-lock';
import { temporaryDirectory } from './testing/temporary-directory';

describe('withFileLock', () => {
  const directory = temporaryDirectory();
  const lock = () => join(directory(), 'cache', 'lock');

  it('holds the lock while it works and leaves nothing behind', async () => {
    const result = await withFileLock({ path: lock() }, async () => await readFile(lock(), 'utf8'));
    expect(result).toBe(String(process.pid));
    expect(await readdir(join(directory(), 'cache'))).toEqual([]);
  });

  it('releases the lock when the work fails', async () => {
    const work = () => Promise.reject(new Error('no'));
    await expect(withFileLock({ path: lock() }, work)).rejects.toThrow('no');
    expect(existsSync(lock())).toBe(false);
  });

  it('lets one work at a time, and tells the others once that they wait', async () => {
    const steps: string[] = [];
    const work = (name: string) => async () => {
      steps.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 250));
      steps.push(`${name} ends`);
    };
    const first = withFileLock({ path: lock() }, work('first'));
    while (!existsSync(lock())) await new Promise((resolve) => setTimeout(resolve, 5));
    const onWait = () => steps.push('second waits');
    await Promise.all([first, withFileLock({ path: lock(), onWait }, work('second'))]);
    expect(steps.filter((step) => step !== 'second waits')).toEqual([
      'first begins',
      'first ends',
      'second begins',
      'second ends',
    ]);
    expect(steps.filter((step) => step === 'second waits')).toHaveLength(1);
  });

  it('takes over the lock of a process that is gone', async () => {
    await withFileLock({ path: lock() }, () => Promise.resolve());
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    await writeFile(lock(), String(pid));
    expect(await withFileLock({ path: lock() }, () => Promise.resolve('done'))).toBe('done');
  });

  it("waits for another user's process too", async () => {
    await withFileLock({ path: lock() }, () => Promise.resolve());
    await writeFile(lock(), '1');
    const denied = Object.assign(new Error(), { code: 'EPERM' });
    jest.spyOn(process, 'kill').mockImplementation(() => {
      throw denied;
    });
    await expect(
      withFileLock({ path: lock(), signal: AbortSignal.timeout(150) }, () => Promise.resolve()),
    ).rejects.toMatchObject({ name: 'AbortError' });
    expect(await readFile(lock(), 'utf8')).toBe('1');
    jest.restoreAllMocks();
  });

  it('gives up waiting when it is told to', async () => {
    const controller = new AbortController();
    const onWait = () => {
      controller.abort();
    };
    await withFileLock({ path: lock() }, async () => {
      const options = { path: lock(), onWait, signal: controller.signal };
      const second = withFileLock(options, () => Promise.resolve());
      await expect(second).rejects.toMatchObject({ name: 'AbortError' });
    });
  });

  it('fails where no lock can be made, instead of waiting for ever', async () => {
    jest.spyOn(fs, 'link').mockRejectedValue(Object.assign(new Error('not permitted'), { code: 'EPERM' }));
    await expect(withFileLock({ path: lock() }, () => Promise.resolve())).rejects.toThrow('not permitted');
    expect(await readdir(join(directory(), 'cache'))).toEqual([]);
    jest.restoreAllMocks();
  });
});
