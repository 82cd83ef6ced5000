import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketLifecycleConfiguration } from '@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { PlatformStack, policyDocument } from '@nightshift/stack';
import { Construct } from 'constructs';
import { accessLogStatements } from './access-log-statements';

/** How long a replaced log, or an upload that never ended, is kept. */
const LEFTOVER_DAYS = 1;

export interface AccessLogBucketProps {
  /** What makes its name unique in all of AWS. */
  readonly bucketQualifier: string;
  readonly retentionDays: number;
}

/** Where the load balancer leaves its access logs. */
export class AccessLogBucket extends Construct {
  readonly bucketName: string;
  /** The load balancer depends on it: it tries a first write at once, and fails where it may not. */
  readonly policy: S3BucketPolicy;

  constructor(scope: Construct, id: string, { bucketQualifier, retentionDays }: AccessLogBucketProps) {
    super(scope, id);
    const { names, account } = PlatformStack.of(this);
    const bucket = new S3Bucket(this, 'Resource', {
      bucket: names.of('s3', `alblogs-${bucketQualifier}`),
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
      policy: policyDocument(accessLogStatements({ bucketArn: bucket.arn, account })),
      dependsOn: [publicAccess],
    });
    new S3BucketServerSideEncryptionConfigurationA(this, 'Encryption', {
      bucket: bucket.id,
      // Load balancers can write with no other encryption:
      // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html#access-log-create-bucket
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
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
    this.bucketName = bucket.id;
  }
}
