import { sdkError } from '@nightshift/testing/aws';
import {
  bucketTags,
  defaultEncryption,
  lifecycle,
  objectOwnership,
  orAbsent,
  publicAccessBlock,
  versioning,
} from './bucket-settings';
import { stateBucketFixture } from './state-bucket.fixture';

describe('versioning of the state bucket', () => {
  it('is set to Enabled', async () => {
    const { stored, target } = stateBucketFixture();
    await versioning.set(target);
    expect(stored.settings.get('BucketVersioning')).toEqual({ Status: 'Enabled' });
    expect(await versioning.deviation(target)).toBeUndefined();
  });

  it('reports whether it was off or suspended', async () => {
    const { stored, target } = stateBucketFixture();
    expect(await versioning.deviation(target)).toBe('off');
    stored.settings.set('BucketVersioning', { Status: 'Suspended' });
    expect(await versioning.deviation(target)).toBe('suspended');
  });
});

function rule(algorithm: string, key?: string, BucketKeyEnabled?: boolean) {
  return {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, KMSMasterKeyID: key }, BucketKeyEnabled }],
  };
}

describe('encryption of the state bucket', () => {
  it('is SSE-KMS with the key of the environment and a bucket key', async () => {
    const { stored, target } = stateBucketFixture();
    await defaultEncryption.set(target);
    expect(stored.settings.get('BucketEncryption')).toEqual(rule('aws:kms', target.keyArn, true));
    expect(await defaultEncryption.deviation(target)).toBeUndefined();
  });

  it('reports the previous encryption', async () => {
    const { stored, target } = stateBucketFixture();
    expect(await defaultEncryption.deviation(target)).toBe('none');
    for (const [found, was] of [
      [rule('AES256'), 'AES256'],
      [rule('aws:kms'), 'by the key that AWS manages'],
      [rule('aws:kms', 'arn:other'), 'by arn:other'],
      [rule('aws:kms', target.keyArn, false), 'without bucket key'],
      [{}, 'none'],
    ] as const) {
      stored.settings.set('BucketEncryption', found);
      expect(await defaultEncryption.deviation(target)).toBe(was);
    }
  });
});

describe('object ownership of the state bucket', () => {
  it('disables ACLs', async () => {
    const { stored, target } = stateBucketFixture();
    await objectOwnership.set(target);
    expect(stored.settings.get('BucketOwnershipControls')).toEqual({
      Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }],
    });
    expect(await objectOwnership.deviation(target)).toBeUndefined();
  });

  it('reports the previous setting', async () => {
    const { stored, target } = stateBucketFixture();
    expect(await objectOwnership.deviation(target)).toBe('not set');
    stored.settings.set('BucketOwnershipControls', { Rules: [{ ObjectOwnership: 'ObjectWriter' }] });
    expect(await objectOwnership.deviation(target)).toBe('ObjectWriter');
  });
});

describe('public access block of the state bucket', () => {
  it('blocks public access by policies and ACLs', async () => {
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

  it('reports the settings that were off', async () => {
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

  it('accepts the same rules in another order, and a rule for all objects without a filter', async () => {
    const { stored, target } = stateBucketFixture();
    await lifecycle.set(target);
    const { Rules } = stored.settings.get('BucketLifecycleConfiguration') as Rules;
    const unfiltered = Rules.map((rule) => ({ ...rule, Filter: undefined }));
    stored.settings.set('BucketLifecycleConfiguration', { Rules: unfiltered.reverse() });
    expect(await lifecycle.deviation(target)).toBeUndefined();
  });

  it('is reported if rules are missing or differ', async () => {
    const { stored, target } = stateBucketFixture();
    expect(await lifecycle.deviation(target)).toBe('not set');
    for (const found of [{}, { Rules: [{ Status: 'Enabled', Expiration: { Days: 1 } }] }]) {
      stored.settings.set('BucketLifecycleConfiguration', found);
      expect(await lifecycle.deviation(target)).toBe('set to other rules');
    }
  });
});

describe('tags of the state bucket (R0.9)', () => {
  it('include those of the environment, and keep others', async () => {
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

  it('are reported if the bucket has none', async () => {
    expect(await bucketTags.deviation(stateBucketFixture().target)).toBe(
      'without Environment=dev, Project=nightshift, CostCenter=4711',
    );
  });
});

describe('orAbsent', () => {
  it('returns the response', async () => {
    expect(await orAbsent(Promise.resolve(1), 'NoSuchKey')).toBe(1);
  });

  it('returns undefined for an error that means "does not exist"', async () => {
    expect(await orAbsent(Promise.reject(sdkError('NoSuchKey')), 'NoSuchKey')).toBeUndefined();
  });

  it('throws every other error', async () => {
    await expect(orAbsent(Promise.reject(sdkError('AccessDenied')), 'NoSuchKey')).rejects.toThrow('AccessDenied');
    await expect(orAbsent(Promise.reject(new TypeError('x')), 'NoSuchKey')).rejects.toThrow('x');
  });
});
