import { join } from 'node:path';
import { environmentFixture } from '../testing/environment-fixture';
import { FakeEffects } from '../testing/fake-effects';
import { machineContext } from './machine-context';

describe('machineContext', () => {
  it('is this machine, and reaches the cloud of the environment', async () => {
    const { nodeVersion, tryToWrite, connect, quotaChecks, findPython, findTerraform, findProviders } = machineContext(
      new FakeEffects(),
    );
    expect(nodeVersion).toBe(process.versions.node);
    await expect(tryToWrite(__dirname)).resolves.toBeUndefined();
    await expect(tryToWrite(join(__dirname, 'nowhere'))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await quotaChecks(environmentFixture())).toEqual([]);
    const { s3 } = await connect(environmentFixture({ file: { region: 'eu-west-1' } }));
    expect(await s3.config.region()).toBe('eu-west-1');
    await expect(findPython({ NIGHTSHIFT_PYTHON: '/nowhere/python' })).rejects.toThrow(
      'NIGHTSHIFT_PYTHON: does not run, got /nowhere/python - name the program of a Python 3.10 or newer, or unset it',
    );
    const nowhere = { NIGHTSHIFT_TERRAFORM: '/nowhere/terraform', TERRAFORM_PLUGIN_MIRROR: '/nowhere/mirror' };
    const cacheDirectory = '/nowhere/cache';
    await expect(findTerraform({ env: nowhere, cacheDirectory })).rejects.toThrow('NIGHTSHIFT_TERRAFORM');
    await expect(findProviders({ env: nowhere, cacheDirectory })).rejects.toThrow('TERRAFORM_PLUGIN_MIRROR');
  });
});
