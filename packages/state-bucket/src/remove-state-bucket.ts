import { DeleteAliasCommand, type KMSClient, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { type AwsClients, awsError, callerOf, guardAccount } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import type { Immutable } from '@nightshift/console/json';
import { retry, UserError } from '@nightshift/errors';
import { z } from 'zod';
import { bucketExists, type StateBucket } from './create-bucket';
import { logBucketName } from './log-bucket';
import { refuseRemoval } from './refuse-removal';
import { findKey, isStateKey, stateKeyAlias } from './state-key';

const REMOVAL_ATTEMPTS = 5;

const removal = z.object({ name: z.string(), outcome: z.enum(['removed', 'already gone']) });

export const removedBucket = z.object({
  bucket: removal.describe('The state bucket.'),
  logs: removal.describe('The bucket of its access logs.'),
  key: z.object({
    alias: z.string(),
    outcome: z.enum(['due for deletion', 'already gone', 'kept, as it was not made for this bucket']),
    deletedOn: z.string().optional().describe('Date such as `2026-01-31`; the deletion can be cancelled until then.'),
  }),
});

type RemovedBucket = Immutable<z.output<typeof removedBucket>>;

/**
 * Empties and deletes the bucket and its log bucket, and schedules the deletion of its key. Can be repeated, also after an interruption.
 * @throws {UserError} before anything is changed when a state still has resources, a run is in progress, a bucket has other objects, or
 * account, owner or region differ from the environment's.
 */
export async function removeStateBucket(aws: AwsClients, environment: Environment): Promise<RemovedBucket> {
  const { s3, kms, sts } = aws;
  const { bucket } = environment.state;
  try {
    const caller = await callerOf(sts);
    guardAccount(environment, caller);
    const request = { Bucket: bucket, ExpectedBucketOwner: caller.account };
    const exists = await bucketExists(s3, request, environment);
    const logs = { ...request, Bucket: logBucketName(bucket) };
    const logsExist = await bucketExists(s3, logs, environment);
    const existing = { states: exists ? request : undefined, logs: logsExist ? logs : undefined };
    await refuseRemoval(s3, existing, environment);
    if (exists) {
      await deleteAllVersions(s3, request);
      await s3.send(new DeleteBucketCommand(request));
    }
    if (logsExist) await removeLogs(s3, logs);
    return {
      bucket: { name: bucket, outcome: exists ? 'removed' : 'already gone' },
      logs: { name: logs.Bucket, outcome: logsExist ? 'removed' : 'already gone' },
      key: await removeKey(kms, bucket, environment.encryption.deletionWindowDays),
    };
  } catch (error) {
    throw awsError(error, `state bucket ${bucket}`);
  }
}

/** S3 delivers logs for hours after the requests, so logs that arrive in the meantime are deleted too. */
async function removeLogs(s3: S3Client, request: StateBucket['request']): Promise<void> {
  const remove = async () => {
    await deleteAllVersions(s3, request);
    await s3.send(new DeleteBucketCommand(request));
  };
  await retry(remove, {
    attempts: REMOVAL_ATTEMPTS,
    retryable: (error) => error instanceof Error && error.name === 'BucketNotEmpty',
  });
}

/** The alias is deleted last, so that a second run can find the key. */
async function removeKey(kms: KMSClient, bucket: string, days: number): Promise<RemovedBucket['key']> {
  const alias = stateKeyAlias(bucket);
  const key = await findKey(kms, alias);
  if (key === undefined) return { alias, outcome: 'already gone' };
  if (!isStateKey(key, bucket)) return { alias, outcome: 'kept, as it was not made for this bucket' };
  const { DeletionDate: date } =
    key.KeyState === 'PendingDeletion'
      ? key
      : await kms.send(new ScheduleKeyDeletionCommand({ KeyId: key.KeyId, PendingWindowInDays: days }));
  await kms.send(new DeleteAliasCommand({ AliasName: alias }));
  return { alias, outcome: 'due for deletion', ...(date && { deletedOn: date.toISOString().slice(0, 10) }) };
}

/** Deletes every object with all its versions and delete markers, up to 1000 per request. */
export async function deleteAllVersions(s3: S3Client, request: StateBucket['request']): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand(request));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors: [error] = [] } = await s3.send(
      new DeleteObjectsCommand({ ...request, Delete: { Objects, Quiet: true } }),
    );
    // Otherwise, a version that cannot be deleted would be tried again without end.
    if (error) {
      throw new UserError({
        where: `s3://${request.Bucket}/${String(error.Key)}`,
        what: 'could not be deleted',
        got: `${String(error.Code)}: ${String(error.Message)}`,
        todo: 'fix the cause, then run the same command again; deleted objects stay deleted',
      });
    }
  }
}
