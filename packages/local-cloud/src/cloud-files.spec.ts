import { cloudFiles } from './cloud-files';

describe('cloudFiles', () => {
  it('keeps everything in .nightshift/local of the workspace', () => {
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
      serverLock: '/w/.nightshift/local/server.lock',
    });
  });

  it('keeps the server of a second cloud elsewhere, and shares the virtual environment', () => {
    const files = cloudFiles('/w', { NIGHTSHIFT_LOCAL_DIRECTORY: '/t/e2e' });
    expect(files).toMatchObject({
      record: '/t/e2e/server.json',
      log: '/t/e2e/server.log',
      bundles: '/t/e2e/bundles',
      serverLock: '/t/e2e/server.lock',
    });
    expect(files.virtualEnvironment).toBe('/w/.nightshift/local/venv');
  });

  it('takes a relative folder from the workspace, and an empty one for none', () => {
    expect(cloudFiles('/w', { NIGHTSHIFT_LOCAL_DIRECTORY: 'x/y' }).record).toBe('/w/x/y/server.json');
    expect(cloudFiles('/w', { NIGHTSHIFT_LOCAL_DIRECTORY: '' }).record).toBe('/w/.nightshift/local/server.json');
  });
});
