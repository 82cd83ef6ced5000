import { BUCKET, stateBucketFixture } from '../testing/state-bucket-fixture';
import { tlsOnlyPolicy } from './tls-only-policy';

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
    await tlsOnlyPolicy.set(fixture.target);
    expect(policyIn(fixture)).toEqual({ Version: '2012-10-17', Statement: [denial] });
    expect(await tlsOnlyPolicy.deviation(fixture.target)).toBeUndefined();
  });

  it('writes ARNs of the partition that the account is in', async () => {
    const { target, stored } = stateBucketFixture();
    await tlsOnlyPolicy.set({ ...target, partition: 'aws-cn' });
    expect(stored.settings.get('BucketPolicy')).toContain(`"arn:aws-cn:s3:::${BUCKET}/*"`);
  });

  it('keeps the statements of others', async () => {
    const fixture = stateBucketFixture();
    const set = (Statement: unknown) =>
      fixture.stored.settings.set('BucketPolicy', JSON.stringify({ Statement }) as unknown as object);
    set(auditor);
    expect(await tlsOnlyPolicy.deviation(fixture.target)).toBe('not demanded');
    set([auditor, { ...denial, Effect: 'Allow' }]);
    expect(await tlsOnlyPolicy.deviation(fixture.target)).toBe('demanded by a statement that was altered');
    await tlsOnlyPolicy.set(fixture.target);
    expect(policyIn(fixture)).toEqual({ Version: '2012-10-17', Statement: [auditor, denial] });
  });

  it('is missing where there is no policy', async () => {
    expect(await tlsOnlyPolicy.deviation(stateBucketFixture().target)).toBe('not demanded');
  });
});
