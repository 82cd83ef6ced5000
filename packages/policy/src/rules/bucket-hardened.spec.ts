import { judge, modelWith, type Resources } from '../model.fixture';
import { Model } from '../model/model';
import type { Attributes } from '../model/value';
import { bucketHardened } from './bucket-hardened';

const bucket = '${aws_s3_bucket.B.id}';
const ARN = '${aws_s3_bucket.B.arn}';
const policy = (Resource: readonly string[]) =>
  JSON.stringify({
    Statement: {
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Resource,
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    },
  });
const all = {
  block_public_acls: true,
  block_public_policy: true,
  ignore_public_acls: true,
  restrict_public_buckets: true,
};
const parts: Readonly<Record<string, Attributes>> = {
  aws_s3_bucket_public_access_block: all,
  aws_s3_bucket_server_side_encryption_configuration: {
    rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: 'AES256' }] }],
  },
  aws_s3_bucket_policy: { policy: policy([ARN, `${ARN}/*`]) },
  aws_s3_bucket_lifecycle_configuration: { rule: [{ status: 'Enabled', expiration: [{ days: 30 }] }] },
  aws_s3_bucket_ownership_controls: { rule: { object_ownership: 'BucketOwnerEnforced' } },
};
const resources = (given: Readonly<Record<string, Attributes>>): Resources =>
  Object.fromEntries(Object.entries(given).map(([type, attributes]) => [type, { P: { bucket, ...attributes } }]));
const modelOf = (changes: Readonly<Record<string, Attributes>> = {}) =>
  modelWith({ aws_s3_bucket: { B: { bucket: 'b' } }, ...resources({ ...parts, ...changes }) });
const judged = (...given: Parameters<typeof modelOf>) => judge(bucketHardened, modelOf(...given));

describe('bucket-hardened', () => {
  it('refuses a bucket that is left as it comes', () => {
    const elsewhere = { aws_s3_bucket_policy: { P: { bucket: 'other' } } };
    expect(judge(bucketHardened, modelWith({ aws_s3_bucket: { B: { bucket: 'b' } }, ...elsewhere }))).toEqual([
      'aws_s3_bucket.B: no aws_s3_bucket_public_access_block - add one that blocks all public access',
      'aws_s3_bucket.B: no aws_s3_bucket_server_side_encryption_configuration - add one',
      'aws_s3_bucket.B: no aws_s3_bucket_policy - add one that demands TLS',
      'aws_s3_bucket.B: no aws_s3_bucket_lifecycle_configuration - add one that lets objects expire',
      'aws_s3_bucket.B: no aws_s3_bucket_ownership_controls - add one with BucketOwnerEnforced',
    ]);
  });

  it('refuses any public access', () => {
    const open = { ...all, block_public_policy: false, ignore_public_acls: undefined };
    expect(judged({ aws_s3_bucket_public_access_block: open })).toEqual([
      'aws_s3_bucket_public_access_block.P: block_public_policy false - set it to true',
      'aws_s3_bucket_public_access_block.P: ignore_public_acls none - set it to true',
    ]);
  });

  it('refuses encryption without algorithm, access lists, and objects that stay', () => {
    expect(
      judged({
        aws_s3_bucket_server_side_encryption_configuration: { rule: [{ bucket_key_enabled: true }] },
        aws_s3_bucket_lifecycle_configuration: {
          rule: [{ status: 'Disabled', expiration: [{ days: 1 }] }, { status: 'Enabled' }],
        },
        aws_s3_bucket_ownership_controls: { rule: { object_ownership: 'ObjectWriter' } },
      }),
    ).toEqual([
      'aws_s3_bucket_server_side_encryption_configuration.P: no sse_algorithm - set it to aws:kms, or AES256 for access logs',
      'aws_s3_bucket_lifecycle_configuration.P: objects that stay - enable a rule with an expiration',
      'aws_s3_bucket_ownership_controls.P: object_ownership ObjectWriter - set it to BucketOwnerEnforced',
    ]);
  });

  it('refuses access without TLS, to the bucket or to its objects', () => {
    for (const some of [[], [ARN], [`${ARN}/*`]]) {
      expect(judged({ aws_s3_bucket_policy: { policy: policy(some) } })).toEqual([
        'aws_s3_bucket_policy.P: access without TLS - deny everyone s3:* on bucket and objects where aws:SecureTransport is false',
      ]);
    }
  });

  it('accepts a bucket with all of it, and a policy that is not known yet', () => {
    expect(judged()).toEqual([]);
    expect(judged({ aws_s3_bucket_policy: { bucket: 'b', policy: policy(['*']) } })).toEqual([]);
    expect(judged({ aws_s3_bucket_policy: { policy: '${data.x.y.json}' } })).toEqual([]);
  });

  it('accepts a policy of a plan, which has lost what is around its references', () => {
    const planned = (some: readonly string[]) =>
      new Model({ source: 'plan', stacks: modelOf({ aws_s3_bucket_policy: { policy: policy(some) } }).stacks });
    expect(judge(bucketHardened, planned([ARN, ARN]))).toEqual([]);
    expect(judge(bucketHardened, planned([]))).toHaveLength(1);
  });

  it('is not about anything but buckets', () => {
    expect(judge(bucketHardened, modelWith({ aws_vpc: { Vpc: {} } }))).toBe('not applicable');
  });
});
