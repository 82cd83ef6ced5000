import {
  GetBucketEncryptionCommand,
  GetBucketLoggingCommand,
  PutBucketEncryptionCommand,
  PutBucketLoggingCommand,
} from '@aws-sdk/client-s3';
import { limits, suffixed } from '@nightshift/naming';
import { policyStatement, tlsOnly } from './bucket-policy';
import {
  bucketTags,
  lifecycleRules,
  objectOwnership,
  orAbsent,
  publicAccessBlock,
  type Setting,
  versioning,
} from './bucket-settings';
import type { Bucket, StateBucket } from './create-bucket';

/**
 * The bucket of the server access logs of the state bucket. It is a separate bucket, because log delivery to the same bucket would be
 * logged again: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
 */
export interface LogBucket extends Bucket {
  /** The bucket whose requests are logged. */
  readonly source: string;
}

export const LOG_PREFIX = 'access/';

/** Long enough for a yearly audit. */
const LOG_DAYS = 365;

const LEFTOVER_DAYS = 7;

/** @param stateBucket the name of the state bucket. */
export function logBucketName(stateBucket: string): string {
  return suffixed(stateBucket, 'logs', limits.s3.maxLength);
}

/**
 * S3 delivers the logs of this bucket only, for this account only:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-general
 */
const logDelivery = policyStatement<LogBucket>('log delivery', ({ partition, request, source }) => ({
  Sid: 'DeliverAccessLogs',
  Effect: 'Allow',
  Principal: { Service: 'logging.s3.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: `arn:${partition}:s3:::${request.Bucket}/${LOG_PREFIX}*`,
  Condition: {
    ArnEquals: { 'aws:SourceArn': `arn:${partition}:s3:::${source}` },
    StringEquals: { 'aws:SourceAccount': request.ExpectedBucketOwner },
  },
}));

/** S3 does not deliver logs to a bucket with SSE-KMS (the same page). */
const managedEncryption: Setting<Bucket> = {
  title: 'encryption',
  deviation: async ({ s3, request }) => {
    const answer = await orAbsent(
      s3.send(new GetBucketEncryptionCommand(request)),
      'ServerSideEncryptionConfigurationNotFoundError',
    );
    const rule = answer?.ServerSideEncryptionConfiguration?.Rules?.[0];
    const algorithm = rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? 'none';
    return algorithm === 'AES256' ? undefined : algorithm;
  },
  set: async ({ s3, request }) => {
    const rule = { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' as const } };
    await s3.send(new PutBucketEncryptionCommand({ ...request, ServerSideEncryptionConfiguration: { Rules: [rule] } }));
  },
};

/** Only logs expire, since an existing bucket may contain other objects. */
const expiry = lifecycleRules([
  {
    ID: 'expire-logs',
    Status: 'Enabled',
    Filter: { Prefix: LOG_PREFIX },
    Expiration: { Days: LOG_DAYS },
    NoncurrentVersionExpiration: { NoncurrentDays: LEFTOVER_DAYS },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: LEFTOVER_DAYS },
  },
]);

export const logBucketSettings: readonly Setting<LogBucket>[] = [
  publicAccessBlock,
  objectOwnership,
  tlsOnly,
  logDelivery,
  managedEncryption,
  versioning,
  expiry,
  bucketTags,
].map((setting) => ({ ...setting, title: `log bucket: ${setting.title}` }));

/** The setting of the state bucket. S3 refuses it unless the log bucket exists and allows log delivery. */
export const accessLogging: Setting<StateBucket> = {
  title: 'access logging',
  deviation: async ({ s3, request }) => {
    const { LoggingEnabled: found } = await s3.send(new GetBucketLoggingCommand(request));
    if (found === undefined) return 'off';
    const wanted = destination(request.Bucket);
    if (found.TargetBucket !== wanted.TargetBucket) return `to ${String(found.TargetBucket)}`;
    return found.TargetPrefix === wanted.TargetPrefix ? undefined : `to the prefix ${String(found.TargetPrefix)}`;
  },
  set: async ({ s3, request }) => {
    const BucketLoggingStatus = { LoggingEnabled: destination(request.Bucket) };
    await s3.send(new PutBucketLoggingCommand({ ...request, BucketLoggingStatus }));
  },
};

function destination(stateBucket: string) {
  return { TargetBucket: logBucketName(stateBucket), TargetPrefix: LOG_PREFIX };
}
