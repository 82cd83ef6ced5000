import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  HeadBucketCommand,
  type S3Client,
  waitUntilBucketExists,
} from '@aws-sdk/client-s3';
import type { Environment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';

/** Creates the bucket and waits until it exists. */
export async function createBucket(
  s3: S3Client,
  request: StateBucket['request'],
  environment: Pick<Environment, 'name' | 'region'>,
): Promise<void> {
  const { region } = environment;
  // S3 in us-east-1, and only there, refuses a location constraint: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
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

type Whose = Pick<Environment, 'name' | 'region'>;

/** @throws {UserError} when the name is taken by another account, or the bucket is in another region. */
export async function bucketExists(
  s3: S3Client,
  request: StateBucket['request'],
  environment: Whose,
): Promise<boolean> {
  try {
    const { BucketRegion: region = environment.region } = await s3.send(new HeadBucketCommand(request));
    if (region !== environment.region) throw inRegion(region, request.Bucket, environment);
    return true;
  } catch (error) {
    const status = statusOf(error);
    if (status === 404) return false;
    if (status === 403) throw anothers(request.Bucket, environment);
    throw error;
  }
}

/** Bucket names are global, and S3 does not show the owner of a bucket. */
function anothers(bucket: string, { name }: Pick<Environment, 'name'>): UserError {
  return new UserError({
    where: `environments/${name}.yaml: state.bucket`,
    what: 'a bucket of this name belongs to another AWS account, or your role has no access to it',
    got: bucket,
    todo: 'choose another bucketQualifier or state.bucket, or allow s3:ListBucket for the role that you use',
  });
}

function inRegion(region: string, bucket: string, { name, region: wanted }: Whose): UserError {
  return new UserError({
    where: `environments/${name}.yaml: region`,
    what: `the state bucket ${bucket} is in ${region}`,
    got: wanted,
    todo: `write region: ${region}, or choose another bucketQualifier or state.bucket`,
  });
}

/** A response to HEAD has no body, so no error code. */
function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** A bucket of bootstrap, and the inputs of its settings. */
export interface Bucket {
  readonly s3: S3Client;
  /**
   * Parameters of every request. S3 refuses it if the bucket belongs to another account:
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
   */
  readonly request: { readonly Bucket: string; readonly ExpectedBucketOwner: string };
  /** The second part of every ARN, such as `aws`. */
  readonly partition: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The bucket of an environment's Terraform states. */
export interface StateBucket extends Bucket {
  readonly keyArn: string;
}
