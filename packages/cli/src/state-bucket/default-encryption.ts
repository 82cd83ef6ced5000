import { GetBucketEncryptionCommand, PutBucketEncryptionCommand } from '@aws-sdk/client-s3';
import { orAbsent } from './or-absent';
import type { Setting } from './setting';
import type { StateBucket } from './state-bucket';

/**
 * Encryption by the environment's own key. A bucket key saves the request to KMS for each object:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-key.html
 */
export const defaultEncryption: Setting<StateBucket> = {
  title: 'encryption',
  deviation: async ({ s3, request, keyArn }) => {
    const answer = await orAbsent(
      s3.send(new GetBucketEncryptionCommand(request)),
      'ServerSideEncryptionConfigurationNotFoundError',
    );
    const rule = answer?.ServerSideEncryptionConfiguration?.Rules?.[0];
    const { SSEAlgorithm: algorithm = 'none', KMSMasterKeyID: key } = rule?.ApplyServerSideEncryptionByDefault ?? {};
    if (algorithm !== 'aws:kms') return algorithm;
    // The ARN, not the alias: S3 looks an alias up in the account of whoever writes the object.
    if (key !== keyArn) return `by ${key ?? 'the key that AWS manages'}`;
    return rule?.BucketKeyEnabled === true ? undefined : 'without bucket key';
  },
  set: async ({ s3, request, keyArn }) => {
    const rule = {
      ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' as const, KMSMasterKeyID: keyArn },
      BucketKeyEnabled: true,
    };
    await s3.send(new PutBucketEncryptionCommand({ ...request, ServerSideEncryptionConfiguration: { Rules: [rule] } }));
  },
};
