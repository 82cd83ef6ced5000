import { addressOf } from './address-of.fixture';
import { synthCompute } from './compute-stack.fixture';

const stack = synthCompute({ bucketQualifier: 'acme', loadBalancer: { accessLogRetentionDays: 90 } });
const bucket = stack.reference('aws_s3_bucket', 'AccessLogs/Resource', 'id');

describe('access log bucket', () => {
  it('R0.8 has a name that is unique in all of AWS', () => {
    expect(stack.resource('aws_s3_bucket', 'AccessLogs/Resource')['bucket']).toBe('s3-alblogs-acme-test');
  });

  it('R0.10 is destroyed with all that is in it', () => {
    expect(stack.resource('aws_s3_bucket', 'AccessLogs/Resource')['force_destroy']).toBe(true);
  });

  it('is closed to the public', () => {
    expect(stack.resource('aws_s3_bucket_public_access_block', 'AccessLogs/PublicAccess')).toMatchObject({
      bucket,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  it('knows no access lists: the account owns every object', () => {
    expect(stack.resource('aws_s3_bucket_ownership_controls', 'AccessLogs/Ownership')).toMatchObject({
      bucket,
      rule: { object_ownership: 'BucketOwnerEnforced' },
    });
  });

  it('R8.2 is encrypted with the only encryption that load balancers can write', () => {
    expect(stack.resource('aws_s3_bucket_server_side_encryption_configuration', 'AccessLogs/Encryption')).toMatchObject(
      { bucket, rule: [{ apply_server_side_encryption_by_default: { sse_algorithm: 'AES256' } }] },
    );
  });

  it('admits load balancers, and nobody without TLS', () => {
    const arn = stack.reference('aws_s3_bucket', 'AccessLogs/Resource', 'arn');
    expect(stack.resource('aws_s3_bucket_policy', 'AccessLogs/Policy')['bucket']).toBe(bucket);
    expect(stack.parsed('aws_s3_bucket_policy', 'AccessLogs/Policy', 'policy')).toMatchObject({
      Statement: [
        { Sid: 'DeliverLogs', Resource: [`${arn}/AWSLogs/\${data.aws_caller_identity.Account.account_id}/*`] },
        { Sid: 'TlsOnly', Effect: 'Deny', Resource: [arn, `${arn}/*`] },
      ],
    });
  });

  it('forgets logs after the configured days, and what is left over after one', () => {
    expect(stack.resource('aws_s3_bucket_versioning', 'AccessLogs/Versioning')).toMatchObject({
      bucket,
      versioning_configuration: { status: 'Enabled' },
    });
    expect(stack.resource('aws_s3_bucket_lifecycle_configuration', 'AccessLogs/Lifecycle')).toMatchObject({
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
      depends_on: [addressOf(stack, 'aws_s3_bucket_versioning', 'AccessLogs/Versioning')],
    });
  });

  it('changes one setting after the other, as S3 refuses overlapping ones', () => {
    expect(stack.resource('aws_s3_bucket_public_access_block', 'AccessLogs/PublicAccess')['depends_on']).toEqual([
      addressOf(stack, 'aws_s3_bucket_ownership_controls', 'AccessLogs/Ownership'),
    ]);
    expect(stack.resource('aws_s3_bucket_policy', 'AccessLogs/Policy')['depends_on']).toEqual([
      addressOf(stack, 'aws_s3_bucket_public_access_block', 'AccessLogs/PublicAccess'),
    ]);
  });
});
