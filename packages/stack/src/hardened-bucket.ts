import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { Construct } from 'constructs';
import { PlatformStack } from './platform-stack';
import { policyDocument, type Statement } from './statement';

/** How long a replaced or deleted object, or an upload that never ended, is kept. */
const LEFTOVER_DAYS = 1;

export interface HardenedBucketProps {
  /** Its part of the name: `s3-{qualifier}-{bucketQualifier}-{suffix}`. */
  readonly qualifier: string;
  /** `bucketQualifier` of the environment: makes the name unique in all of AWS. */
  readonly bucketQualifier: string;
  /** How long an object is kept. */
  readonly retentionDays: number;
  /** The key that encrypts objects. @default - a key of S3 (SSE-S3), for services that can write with no other */
  readonly keyArn?: string;
  /** Who may use the bucket, beside roles of this account. @param bucketArn its ARN. @default - nobody */
  readonly statements?: (bucketArn: string) => readonly Statement[];
}

/**
 * A bucket that is private, encrypted, versioned and reached by TLS only. Objects expire, the account owns all of them, and a destroy
 * deletes them (R0.10).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
 */
export class HardenedBucket extends Construct {
  readonly arn: string;
  readonly bucketName: string;
  /** For a writer that tries a first write when it is created, such as a load balancer: it depends on the policy. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, props: HardenedBucketProps) {
    super(scope, id);
    const { qualifier, bucketQualifier, retentionDays, keyArn, statements = () => [] } = props;
    const bucket = new S3Bucket(this, 'Resource', {
      bucket: PlatformStack.of(this).names.of('s3', `${qualifier}-${bucketQualifier}`),
      forceDestroy: true,
    });
    const ownership = new S3BucketOwnershipControls(this, 'Ownership', {
      bucket: bucket.id,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    const publicAccess = new S3BucketPublicAccessBlock(this, 'PublicAccess', {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
      dependsOn: [ownership],
    });
    // One after the other: S3 refuses changes of these three settings that overlap (OperationAborted).
    this.policy = new S3BucketPolicy(this, 'Policy', {
      bucket: bucket.id,
      policy: policyDocument([...statements(bucket.arn), tlsOnly(bucket.arn)]),
      dependsOn: [publicAccess],
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'Encryption', {
      bucket: bucket.id,
      rule: [
        keyArn === undefined
          ? { applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }
          : // Fewer calls of KMS: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
            {
              applyServerSideEncryptionByDefault: { sseAlgorithm: 'aws:kms', kmsMasterKeyId: keyArn },
              bucketKeyEnabled: true,
            },
      ],
    });
    const versioning = new S3BucketVersioningA(this, 'Versioning', {
      bucket: bucket.id,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketLifecycleConfiguration(this, 'Lifecycle', {
      bucket: bucket.id,
      rule: [
        {
          id: 'expire',
          status: 'Enabled',
          filter: [{}],
          expiration: [{ days: retentionDays }],
          noncurrentVersionExpiration: [{ noncurrentDays: LEFTOVER_DAYS }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: LEFTOVER_DAYS }],
        },
      ],
      dependsOn: [versioning],
    });
    this.arn = bucket.arn;
    this.bucketName = bucket.id;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html#example-bucket-policies-HTTP-HTTPS */
function tlsOnly(bucketArn: string): Statement {
  return {
    Sid: 'TlsOnly',
    Effect: 'Deny',
    Principal: '*',
    Action: ['s3:*'],
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  };
}
