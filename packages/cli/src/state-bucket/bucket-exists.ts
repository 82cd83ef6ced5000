import { HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3';
import type { Environment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import type { StateBucket } from './state-bucket';

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
export function anothers(bucket: string, { name }: Pick<Environment, 'name'>): UserError {
  return new UserError({
    where: `environments/${name}.yaml: state.bucket`,
    what: 'a bucket of this name belongs to another AWS account, or your role may not see it',
    got: bucket,
    todo: 'choose another bucketQualifier or state.bucket, or have s3:ListBucket allowed to the role that you run as',
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
