import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { doctorContextFixture } from '../testing/doctor-context-fixture';
import { fakeWorkspace } from '../testing/fake-workspace';
import { workspaceCheck } from './workspace-check';

describe('the check of the workspace', () => {
  const root = fakeWorkspace();
  const { context } = doctorContextFixture();
  const look = (tryToWrite = context.tryToWrite) =>
    workspaceCheck({ effects: { ...context.effects, root }, tryToWrite }).look();
  const failing = (code: string, path?: string) => () =>
    Promise.reject(Object.assign(new Error('no'), { code, path: path ?? root }));

  afterAll(() => {
    rmSync(root, { recursive: true });
  });

  it('writes where commands write, or where they would make their directories', async () => {
    const tryToWrite = jest.fn(() => Promise.resolve());
    expect(await look(tryToWrite)).toEqual({ mark: 'OK', detail: 'can be written' });
    expect(tryToWrite.mock.calls).toEqual([[join(root, 'cdktf.out')], [join(root, '.')]]);
    mkdirSync(join(root, '.nightshift'));
    tryToWrite.mockClear();
    await look(tryToWrite);
    expect(tryToWrite.mock.calls).toEqual([[join(root, 'cdktf.out')], [join(root, '.nightshift')]]);
  });

  it.each([
    ['EROFS', 'the file system is read-only', 'use a copy of the workspace that can be written'],
    ['ENOSPC', 'the disk is full', 'free space, then run the same command again'],
    ['EACCES', 'access is denied', 'make it readable and writable for the user who runs this command'],
  ])('says why nothing can be written: %s', async (code, what, remedy) => {
    const detail = `${join(root, 'cdktf.out')}: ${what}`;
    expect(await look(failing(code))).toEqual({ mark: 'NG', detail, remedy });
  });

  it('lets a defect through', async () => {
    await expect(look(failing('EBADF'))).rejects.toThrow('no');
  });
});
