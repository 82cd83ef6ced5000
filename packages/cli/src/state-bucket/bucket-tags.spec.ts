import { stateBucketFixture } from '../testing/state-bucket-fixture';
import { bucketTags } from './bucket-tags';

describe('tags of the state bucket (R0.9)', () => {
  it("are the environment's, and those of others stay", async () => {
    const { stored, target } = stateBucketFixture();
    stored.settings.set('BucketTagging', {
      TagSet: [
        { Key: 'aws:createdBy', Value: 'x' },
        { Key: 'CostCenter', Value: 'old' },
        { Key: 'Environment', Value: 'dev' },
      ],
    });
    expect(await bucketTags.deviation(target)).toBe('without Project=nightshift, CostCenter=4711');
    await bucketTags.set(target);
    expect(stored.settings.get('BucketTagging')).toEqual({
      TagSet: [
        { Key: 'aws:createdBy', Value: 'x' },
        { Key: 'CostCenter', Value: '4711' },
        { Key: 'Environment', Value: 'dev' },
        { Key: 'Project', Value: 'nightshift' },
      ],
    });
    expect(await bucketTags.deviation(target)).toBeUndefined();
  });

  it('are all missing from a bucket without tags', async () => {
    expect(await bucketTags.deviation(stateBucketFixture().target)).toBe(
      'without Environment=dev, Project=nightshift, CostCenter=4711',
    );
  });
});
