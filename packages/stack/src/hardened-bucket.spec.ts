import { synthStack, testEnvironment } from '@nightshift/testing';
import { HardenedBucket, type HardenedBucketProps } from './hardened-bucket';
import { PlatformStack } from './platform-stack';

class ReportsStack extends PlatformStack {
  withBucket(props: Partial<HardenedBucketProps>): this {
    new HardenedBucket(this, 'Reports', { qualifier: 'reports', bucketQualifier: 'acme', retentionDays: 90, ...props });
    return this;
  }
}

const synth = (props: Partial<HardenedBucketProps> = {}) =>
  synthStack((app) => new ReportsStack(app, 'reports', { environment: testEnvironment() }).withBucket(props));

const stack = synth();
const bucket = stack.reference('aws_s3_bucket', 'Reports/Resource', 'id');
const addressOf = (type: string, path: string) => stack.reference(type, path, 'id').slice('${'.length, -'.id}'.length);

describe('hardened bucket', () => {
  it('R0.8 has a globally unique name', () => {
    expect(stack.resource('aws_s3_bucket', 'Reports/Resource')['bucket']).toBe('s3-reports-acme-test');
  });

  it('R0.10 is destroyed with all objects', () => {
    expect(stack.resource('aws_s3_bucket', 'Reports/Resource')['force_destroy']).toBe(true);
  });

  it('blocks all public access', () => {
    expect(stack.resource('aws_s3_bucket_public_access_block', 'Reports/PublicAccess')).toMatchObject({
      bucket,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  it('disables ACLs: the account owns every object', () => {
    expect(stack.resource('aws_s3_bucket_ownership_controls', 'Reports/Ownership')).toMatchObject({
      bucket,
      rule: { object_ownership: 'BucketOwnerEnforced' },
    });
  });

  it('R8.2 uses SSE-S3, or SSE-KMS with a given key', () => {
    const encryption = (of: typeof stack) =>
      of.resource('aws_s3_bucket_server_side_encryption_configuration', 'Reports/Encryption');
    expect(encryption(stack)).toMatchObject({
      bucket,
      rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }],
    });
    const keyArn = 'arn:aws:kms:us-east-1:123456789012:key/1';
    expect(encryption(synth({ keyArn }))).toMatchObject({
      rule: [
        {
          apply_server_side_encryption_by_default: { sse_algorithm: 'aws:kms', kms_master_key_id: keyArn },
          bucket_key_enabled: true,
        },
      ],
    });
  });

  it('denies requests without TLS, and has the given statements', () => {
    const arn = stack.reference('aws_s3_bucket', 'Reports/Resource', 'arn');
    const policy = (of: typeof stack) => of.parsed('aws_s3_bucket_policy', 'Reports/Policy', 'policy');
    const tlsOnly = {
      Sid: 'TlsOnly',
      Effect: 'Deny',
      Principal: '*',
      Action: ['s3:*'],
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    expect(stack.resource('aws_s3_bucket_policy', 'Reports/Policy')['bucket']).toBe(bucket);
    expect(policy(stack)).toEqual({ Version: '2012-10-17', Statement: [tlsOnly] });
    const deliver = (bucketArn: string) => ({
      Sid: 'Deliver',
      Effect: 'Allow' as const,
      Principal: { Service: 'delivery.logs.amazonaws.com' },
      Action: ['s3:PutObject'],
      Resource: [`${bucketArn}/AWSLogs/*`],
    });
    expect(policy(synth({ statements: (bucketArn) => [deliver(bucketArn)] }))).toMatchObject({
      Statement: [deliver(arn), tlsOnly],
    });
  });

  it('deletes objects after the given days, and incomplete uploads after one day', () => {
    expect(stack.resource('aws_s3_bucket_versioning', 'Reports/Versioning')).toMatchObject({
      bucket,
      versioning_configuration: { status: 'Enabled' },
    });
    expect(stack.resource('aws_s3_bucket_lifecycle_configuration', 'Reports/Lifecycle')).toMatchObject({
      bucket,
      rule: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: [{}],
          expiration: [{ days: 90 }],
          noncurrent_version_expiration: [{ noncurrent_days: 1 }],
          abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }],
        },
      ],
      depends_on: [addressOf('aws_s3_bucket_versioning', 'Reports/Versioning')],
    });
  });

  it('changes one setting after the other, since S3 refuses concurrent changes', () => {
    expect(stack.resource('aws_s3_bucket_public_access_block', 'Reports/PublicAccess')['depends_on']).toEqual([
      addressOf('aws_s3_bucket_ownership_controls', 'Reports/Ownership'),
    ]);
    expect(stack.resource('aws_s3_bucket_policy', 'Reports/Policy')['depends_on']).toEqual([
      addressOf('aws_s3_bucket_public_access_block', 'Reports/PublicAccess'),
    ]);
  });
});
