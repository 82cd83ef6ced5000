import { stateBucketFixture } from '../testing/state-bucket-fixture';
import { defaultEncryption } from './default-encryption';

function rule(algorithm: string, key?: string, BucketKeyEnabled?: boolean) {
  return {
    Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: algorithm, KMSMasterKeyID: key }, BucketKeyEnabled }],
  };
}

describe('encryption of the state bucket', () => {
  it("is SSE-KMS by the environment's key, with a bucket key", async () => {
    const { stored, target } = stateBucketFixture();
    await defaultEncryption.set(target);
    expect(stored.settings.get('BucketEncryption')).toEqual(rule('aws:kms', target.keyArn, true));
    expect(await defaultEncryption.deviation(target)).toBeUndefined();
  });

  it('says what it was by', async () => {
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
