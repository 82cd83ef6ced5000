import { accessLogging, type LogBucket, logBucketName, logBucketSettings } from './log-bucket';
import { BUCKET, stateBucketFixture } from './state-bucket.fixture';
import { FakeBucket } from './testing/fake-s3';

const LOGS = `${BUCKET}-logs`;

function logBucketFixture() {
  const { aws, target } = stateBucketFixture();
  const stored = new FakeBucket();
  aws.s3.buckets.set(LOGS, stored);
  const logs: LogBucket = { ...target, request: { ...target.request, Bucket: LOGS }, source: BUCKET };
  return { stored, logs };
}

function setting(title: string) {
  const found = logBucketSettings.find((one) => one.title === `log bucket: ${title}`);
  if (!found) throw new Error(`there is no setting ${title}`);
  return found;
}

describe('log bucket', () => {
  it('has the name of the state bucket with a suffix, within the length limit of S3', () => {
    expect(logBucketName('acme-state')).toBe('acme-state-logs');
    expect(logBucketName('a'.repeat(58))).toBe(`${'a'.repeat(58)}-logs`);
    expect(logBucketName('a'.repeat(63))).toBe(`${'a'.repeat(51)}-141f25-logs`);
  });

  it('allows log delivery of this bucket only, and denies requests without TLS', async () => {
    const { stored, logs } = logBucketFixture();
    await setting('TLS only').set(logs);
    await setting('log delivery').set(logs);
    expect(JSON.parse(stored.settings.get('BucketPolicy') as unknown as string)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'DeliverAccessLogs',
          Effect: 'Allow',
          Principal: { Service: 'logging.s3.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: `arn:aws:s3:::${LOGS}/access/*`,
          Condition: {
            ArnEquals: { 'aws:SourceArn': `arn:aws:s3:::${BUCKET}` },
            StringEquals: { 'aws:SourceAccount': '123456789012' },
          },
        },
        expect.objectContaining({ Sid: 'DenyUnencryptedTransport', Effect: 'Deny' }),
      ],
    });
  });

  it('uses SSE-S3, the only encryption for log delivery', async () => {
    const { stored, logs } = logBucketFixture();
    const encryption = setting('encryption');
    expect(await encryption.deviation(logs)).toBe('none');
    stored.settings.set('BucketEncryption', {
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } }],
    });
    expect(await encryption.deviation(logs)).toBe('aws:kms');
    await encryption.set(logs);
    expect(stored.settings.get('BucketEncryption')).toEqual({
      Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    });
    expect(await encryption.deviation(logs)).toBeUndefined();
  });

  it('expires logs after a year, and no other objects', async () => {
    const { stored, logs } = logBucketFixture();
    await setting('lifecycle').set(logs);
    expect(stored.settings.get('BucketLifecycleConfiguration')).toEqual({
      Rules: [
        {
          ID: 'expire-logs',
          Status: 'Enabled',
          Filter: { Prefix: 'access/' },
          Expiration: { Days: 365 },
          NoncurrentVersionExpiration: { NoncurrentDays: 7 },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        },
      ],
    });
  });
});

describe('access logging of the state bucket', () => {
  it('goes to the log bucket', async () => {
    const { stored, target } = stateBucketFixture();
    expect(await accessLogging.deviation(target)).toBe('off');
    await accessLogging.set(target);
    expect(stored.settings.get('BucketLogging')).toEqual({
      LoggingEnabled: { TargetBucket: LOGS, TargetPrefix: 'access/' },
    });
    expect(await accessLogging.deviation(target)).toBeUndefined();
  });

  it('reports another target', async () => {
    const { stored, target } = stateBucketFixture();
    const to = (TargetBucket: string, TargetPrefix: string) =>
      stored.settings.set('BucketLogging', { LoggingEnabled: { TargetBucket, TargetPrefix } });
    to('elsewhere', 'access/');
    expect(await accessLogging.deviation(target)).toBe('to elsewhere');
    to(LOGS, 'other/');
    expect(await accessLogging.deviation(target)).toBe('to the prefix other/');
  });
});
