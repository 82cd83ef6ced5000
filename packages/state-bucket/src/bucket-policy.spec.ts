import { tlsOnly } from './bucket-policy';
import { BUCKET, stateBucketFixture } from './state-bucket.fixture';

const denial = {
  Sid: 'DenyUnencryptedTransport',
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
};

const auditor = { Sid: 'Auditor', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:role/audit' } };

function policyIn({ stored }: ReturnType<typeof stateBucketFixture>): unknown {
  return JSON.parse(stored.settings.get('BucketPolicy') as unknown as string);
}

describe('policy of the state bucket', () => {
  it('denies every request without TLS, on the bucket and its objects', async () => {
    const fixture = stateBucketFixture();
    await tlsOnly.set(fixture.target);
    expect(policyIn(fixture)).toEqual({ Version: '2012-10-17', Statement: [denial] });
    expect(await tlsOnly.deviation(fixture.target)).toBeUndefined();
  });

  it('contains ARNs in the partition of the account', async () => {
    const { target, stored } = stateBucketFixture();
    await tlsOnly.set({ ...target, partition: 'aws-cn' });
    expect(stored.settings.get('BucketPolicy')).toContain(`"arn:aws-cn:s3:::${BUCKET}/*"`);
  });

  it('keeps other statements', async () => {
    const fixture = stateBucketFixture();
    const set = (Statement: unknown) =>
      fixture.stored.settings.set('BucketPolicy', JSON.stringify({ Statement }) as unknown as object);
    set(auditor);
    expect(await tlsOnly.deviation(fixture.target)).toBe('not in the bucket policy');
    set([auditor, { ...denial, Effect: 'Allow' }]);
    expect(await tlsOnly.deviation(fixture.target)).toBe('altered in the bucket policy');
    await tlsOnly.set(fixture.target);
    expect(policyIn(fixture)).toEqual({ Version: '2012-10-17', Statement: [denial, auditor] });
  });

  it('is reported as missing if there is none', async () => {
    expect(await tlsOnly.deviation(stateBucketFixture().target)).toBe('not in the bucket policy');
  });
});
