import { stateBucketFixture } from '../testing/state-bucket-fixture';
import { objectOwnership } from './object-ownership';

describe('object ownership of the state bucket', () => {
  it('leaves no access control lists', async () => {
    const { stored, target } = stateBucketFixture();
    await objectOwnership.set(target);
    expect(stored.settings.get('BucketOwnershipControls')).toEqual({
      Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }],
    });
    expect(await objectOwnership.deviation(target)).toBeUndefined();
  });

  it('says what it was', async () => {
    const { stored, target } = stateBucketFixture();
    expect(await objectOwnership.deviation(target)).toBe('not set');
    stored.settings.set('BucketOwnershipControls', { Rules: [{ ObjectOwnership: 'ObjectWriter' }] });
    expect(await objectOwnership.deviation(target)).toBe('ObjectWriter');
  });
});
