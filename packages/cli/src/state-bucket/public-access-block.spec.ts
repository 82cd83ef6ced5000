import { stateBucketFixture } from '../testing/state-bucket-fixture';
import { publicAccessBlock } from './public-access-block';

describe('public access block of the state bucket', () => {
  it('blocks all four ways', async () => {
    const { stored, target } = stateBucketFixture();
    await publicAccessBlock.set(target);
    expect(stored.settings.get('PublicAccessBlock')).toEqual({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    });
    expect(await publicAccessBlock.deviation(target)).toBeUndefined();
  });

  it('says which ways were open', async () => {
    const { stored, target } = stateBucketFixture();
    expect(await publicAccessBlock.deviation(target)).toBe('off');
    stored.settings.set('PublicAccessBlock', {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: false,
    });
    expect(await publicAccessBlock.deviation(target)).toBe('without BlockPublicPolicy, RestrictPublicBuckets');
  });
});
