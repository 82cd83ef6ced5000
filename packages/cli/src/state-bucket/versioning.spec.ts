import { stateBucketFixture } from '../testing/state-bucket-fixture';
import { versioning } from './versioning';

describe('versioning of the state bucket', () => {
  it('is set to Enabled', async () => {
    const { stored, target } = stateBucketFixture();
    await versioning.set(target);
    expect(stored.settings.get('BucketVersioning')).toEqual({ Status: 'Enabled' });
    expect(await versioning.deviation(target)).toBeUndefined();
  });

  it('says whether it was off or suspended', async () => {
    const { stored, target } = stateBucketFixture();
    expect(await versioning.deviation(target)).toBe('off');
    stored.settings.set('BucketVersioning', { Status: 'Suspended' });
    expect(await versioning.deviation(target)).toBe('suspended');
  });
});
