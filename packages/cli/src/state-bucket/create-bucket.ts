import {
  CreateBucketCommand,
  waitUntilBucketExists,
  type BucketLocationConstraint,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { Environment } from '@nightshift/config';
import { anothers } from './bucket-exists';
import type { StateBucket } from './state-bucket';

/** Creates the bucket and waits until S3 knows it everywhere. */
export async function createBucket(
  s3: S3Client,
  request: StateBucket['request'],
  environment: Pick<Environment, 'name' | 'region'>,
): Promise<void> {
  const { region } = environment;
  // S3 in us-east-1, and only there, refuses to be told its region: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
  const place =
    region === 'us-east-1'
      ? {}
      : { CreateBucketConfiguration: { LocationConstraint: region as BucketLocationConstraint } };
  try {
    await s3.send(
      new CreateBucketCommand({ Bucket: request.Bucket, ObjectOwnership: 'BucketOwnerEnforced', ...place }),
    );
  } catch (error) {
    throw error instanceof Error && error.name === 'BucketAlreadyExists'
      ? anothers(request.Bucket, environment)
      : error;
  }
  await waitUntilBucketExists({ client: s3, maxWaitTime: 60, minDelay: 1 }, request);
}
