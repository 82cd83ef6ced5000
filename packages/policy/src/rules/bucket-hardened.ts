import { tlsOnly } from '../aws/tls-only';
import type { Model } from '../model/model';
import { statementsOf } from '../model/policy-statements';
import type { Resource } from '../model/subject';
import { at, blocks, shown } from '../model/value';
import { rule, type Finding } from '../rule';

const PUBLIC_ACCESS = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

/** What belongs to a bucket but is a resource of its own: what is judged of it, and what to do where there is none. */
const PARTS: Readonly<
  Record<string, { readonly judge: (part: Resource, model: Model) => Finding[]; readonly fix: string }>
> = {
  aws_s3_bucket_public_access_block: { judge: ofPublicAccess, fix: 'add one that blocks all public access' },
  aws_s3_bucket_server_side_encryption_configuration: { judge: ofEncryption, fix: 'add one' },
  aws_s3_bucket_policy: { judge: ofPolicy, fix: 'add one that demands TLS' },
  aws_s3_bucket_lifecycle_configuration: { judge: ofLifecycle, fix: 'add one that lets objects expire' },
  aws_s3_bucket_ownership_controls: { judge: ofOwnership, fix: 'add one with BucketOwnerEnforced' },
};

export const bucketHardened = rule({
  id: 'bucket-hardened',
  severity: 'error',
  what: 'a bucket is closed to the public, encrypted, reached by TLS only, emptied by age and free of access lists',
  why: 'A bucket that is left as it comes is one wrong policy away from the public.',
  sources: [
    'CKV_AWS_53',
    'CKV_AWS_54',
    'CKV_AWS_55',
    'CKV_AWS_56',
    'CKV2_AWS_6',
    'https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html',
  ],
  appliesTo: (model) => model.all('aws_s3_bucket'),
  check: (bucket, model) =>
    Object.entries(PARTS).flatMap(([type, { judge, fix }]) => {
      const parts = model.all(type).filter((part) => isOf(part, bucket, model));
      if (parts.length === 0) return [{ got: `no ${type}`, fix }];
      return parts.flatMap((subject) => judge(subject, model).map((finding) => ({ ...finding, subject })));
    }),
});

function isOf({ attributes, stack }: Resource, bucket: Resource, model: Model): boolean {
  return model.meant('aws_s3_bucket', attributes['bucket'], stack, 'bucket') === bucket;
}

function ofPublicAccess({ attributes }: Resource): Finding[] {
  return PUBLIC_ACCESS.filter((name) => attributes[name] !== true).map((name) => ({
    got: `${name} ${shown(attributes[name])}`,
    fix: 'set it to true',
  }));
}

function ofEncryption({ attributes }: Resource): Finding[] {
  const algorithm = at(attributes, 'rule.apply_server_side_encryption_by_default.sse_algorithm');
  return algorithm === undefined
    ? [{ got: 'no sse_algorithm', fix: 'set it to aws:kms, or AES256 for access logs' }]
    : [];
}

/**
 * Settings of a bucket are reached by its own ARN, objects by what is below. In a plan, what is only known after apply has lost the
 * text around its references.
 */
function ofPolicy(policy: Resource, model: Model): Finding[] {
  const statements = statementsOf(policy, 'policy');
  if (!statements) return [];
  const resources = tlsOnly(statements, 's3:GetObject').flatMap((statement) => statement.resources);
  const whole = resources.some((arn) => arn.endsWith('/*')) && resources.some((arn) => !arn.endsWith('/*'));
  if (whole || resources.includes('*') || (model.source === 'plan' && resources.length > 0)) return [];
  return [
    { got: 'access without TLS', fix: 'deny everyone s3:* on bucket and objects where aws:SecureTransport is false' },
  ];
}

function ofLifecycle({ attributes }: Resource): Finding[] {
  const expires = blocks(attributes['rule']).some(
    (one) => one['status'] === 'Enabled' && blocks(one['expiration']).length > 0,
  );
  return expires ? [] : [{ got: 'objects that stay', fix: 'enable a rule with an expiration' }];
}

function ofOwnership({ attributes }: Resource): Finding[] {
  const ownership = at(attributes, 'rule.object_ownership');
  if (ownership === 'BucketOwnerEnforced') return [];
  return [{ got: `object_ownership ${shown(ownership)}`, fix: 'set it to BucketOwnerEnforced' }];
}
