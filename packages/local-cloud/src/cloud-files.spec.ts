import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { cloudFiles, makeCloudFolders } from './cloud-files';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';

describe('cloudFiles', () => {
  it('are in .nightshift/local of the workspace', () => {
    expect(cloudFiles('/w', {})).toEqual({
      python: '/w/packages/local-cloud/python',
      requirements: '/w/packages/local-cloud/python/requirements.txt',
      virtualEnvironment: '/w/.nightshift/local/venv',
      virtualEnvironmentLock: '/w/.nightshift/local/venv.lock',
      installLog: '/w/.nightshift/local/venv.log',
      byteCode: '/w/.nightshift/local/pycache',
      record: '/w/.nightshift/local/server.json',
      log: '/w/.nightshift/local/server.log',
      bundles: '/w/.nightshift/local/bundles',
      previousLog: '/w/.nightshift/local/server.previous.log',
      users: '/w/.nightshift/local/users',
      deployLock: '/w/.nightshift/local/deploy.lock',
      serverLock: '/w/.nightshift/local/server.lock',
    });
  });

  it('are elsewhere for a second cloud, with a shared virtual environment', () => {
    const files = cloudFiles('/w', { NIGHTSHIFT_LOCAL_DIRECTORY: '/t/e2e' });
    expect(files).toMatchObject({
      record: '/t/e2e/server.json',
      log: '/t/e2e/server.log',
      bundles: '/t/e2e/bundles',
      serverLock: '/t/e2e/server.lock',
    });
    expect(files.virtualEnvironment).toBe('/w/.nightshift/local/venv');
  });

  it('accept a folder relative to the workspace, and ignore an empty one', () => {
    expect(cloudFiles('/w', { NIGHTSHIFT_LOCAL_DIRECTORY: 'x/y' }).record).toBe('/w/x/y/server.json');
    expect(cloudFiles('/w', { NIGHTSHIFT_LOCAL_DIRECTORY: '' }).record).toBe('/w/.nightshift/local/server.json');
  });
});

describe('makeCloudFolders', () => {
  const root = temporaryDirectory();
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  const make = (env: Record<string, string> = {}, platform: NodeJS.Platform = 'linux') =>
    makeCloudFolders(cloudFiles(root(), env), platform);

  it('creates folders for this user only, and corrects those of an earlier version', async () => {
    const shared = join(root(), '.nightshift', 'local');
    await make();
    expect(modeOf(shared)).toBe(0o700);
    chmodSync(shared, 0o775);
    await make({ NIGHTSHIFT_LOCAL_DIRECTORY: 'second' });
    expect([modeOf(shared), modeOf(join(root(), 'second'))]).toEqual([0o700, 0o700]);
  });

  it('refuses a folder that other users can write to, and does not change its mode', async () => {
    const folder = join(root(), 'shared');
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    await expect(make({ NIGHTSHIFT_LOCAL_DIRECTORY: folder })).rejects.toThrow(
      `NIGHTSHIFT_LOCAL_DIRECTORY: other users can write into the folder, got ${folder} with mode 777 - name a folder of your own, or run: chmod 700 ${folder}`,
    );
    expect(modeOf(folder)).toBe(0o777);
  });

  it('does not set folder permissions on Windows', async () => {
    const folder = join(root(), 'shared');
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    await make({ NIGHTSHIFT_LOCAL_DIRECTORY: folder }, 'win32');
    expect(modeOf(folder)).toBe(0o777);
  });
});
