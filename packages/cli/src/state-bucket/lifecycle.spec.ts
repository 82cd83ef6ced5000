import { stateBucketFixture } from '../testing/state-bucket-fixture';
import { lifecycle } from './lifecycle';

interface Rules {
  readonly Rules: readonly Record<string, unknown>[];
}

describe('lifecycle of the state bucket', () => {
  it('expires old versions, delete markers and incomplete uploads, but never a current state', async () => {
    const { stored, target } = stateBucketFixture();
    await lifecycle.set(target);
    expect(stored.settings.get('BucketLifecycleConfiguration')).toEqual({
      Rules: [
        {
          ID: 'expire-old-versions',
          Status: 'Enabled',
          Filter: { Prefix: '' },
          NoncurrentVersionExpiration: { NoncurrentDays: 90 },
          Expiration: { ExpiredObjectDeleteMarker: true },
        },
        {
          ID: 'abort-incomplete-uploads',
          Status: 'Enabled',
          Filter: { Prefix: '' },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        },
      ],
    });
    expect(await lifecycle.deviation(target)).toBeUndefined();
  });

  it('takes the same rules in another order for the same, and a rule for all objects without a filter', async () => {
    const { stored, target } = stateBucketFixture();
    await lifecycle.set(target);
    const { Rules } = stored.settings.get('BucketLifecycleConfiguration') as Rules;
    const unfiltered = Rules.map((rule) => ({ ...rule, Filter: undefined }));
    stored.settings.set('BucketLifecycleConfiguration', { Rules: unfiltered.reverse() });
    expect(await lifecycle.deviation(target)).toBeUndefined();
  });

  it('is off when there are none, fewer or other rules', async () => {
    const { stored, target } = stateBucketFixture();
    expect(await lifecycle.deviation(target)).toBe('not set');
    for (const found of [{}, { Rules: [{ Status: 'Enabled', Expiration: { Days: 1 } }] }]) {
      stored.settings.set('BucketLifecycleConfiguration', found);
      expect(await lifecycle.deviation(target)).toBe('set to other rules');
    }
  });
});
