import {
  type BucketLocationConstraint,
  CreateBucketCommand,
  HeadBucketCommand,
  type S3Client,
  waitUntilBucketExists,
} from '@aws-sdk/client-s3';
import type { Environment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';

/** Creates the bucket and waits until S3 knows it everywhere. */
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

/** S3 has one name space for all accounts, and does not say whose a bucket is. */
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

/** An answer to HEAD has no body, hence no error code. */
function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

/** A bucket that bootstrap creates, and what its settings are made from. */
export interface Bucket {
  readonly s3: S3Client;
  /**
   * What every request names. S3 refuses it when the bucket is another account's:
   * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html
   */
  readonly request: { readonly Bucket: string; readonly ExpectedBucketOwner: string };
  /** The second part of every ARN, such as `aws`. */
  readonly partition: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** The bucket that holds an environment's Terraform state. */
export interface StateBucket extends Bucket {
  readonly keyArn: string;
}
