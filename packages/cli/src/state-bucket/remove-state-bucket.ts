import { DeleteAliasCommand, ScheduleKeyDeletionCommand, type KMSClient } from '@aws-sdk/client-kms';
import { DeleteBucketCommand } from '@aws-sdk/client-s3';
import type { Environment } from '@nightshift/config';
import type { AwsClients } from '../aws/connect-environment';
import { awsError } from '../aws/aws-error';
import { callerOf, guardAccount } from '../aws/caller';
import { bucketExists } from './bucket-exists';
import { deleteAllVersions } from './delete-all-versions';
import { refuseRemoval } from './refuse-removal';
import { findKey, isStateKey, stateKeyAlias } from './state-key';

export interface RemovedBucket {
  readonly bucket: { readonly name: string; readonly outcome: 'removed' | 'already gone' };
  readonly key: {
    readonly alias: string;
    readonly outcome: 'due for deletion' | 'already gone' | 'kept, as it was not made for this bucket';
    /** ISO 8601 date from which on it cannot be brought back. */
    readonly deletedOn?: string;
  };
}

/**
 * Empties and deletes the bucket, and has its key deleted. May be repeated; goes on where an interrupted run left off.
 * @throws {UserError} before anything is changed when a state in it still holds resources, a run is under way, the bucket
 * holds what is not Nightshift's, or account, owner or region are not the environment's.
 */
export async function removeStateBucket(aws: AwsClients, environment: Environment): Promise<RemovedBucket> {
  const { s3, kms, sts } = aws;
  const { bucket } = environment.state;
  try {
    const caller = await callerOf(sts);
    guardAccount(environment, caller);
    const request = { Bucket: bucket, ExpectedBucketOwner: caller.account };
    const exists = await bucketExists(s3, request, environment);
    if (exists) {
      await refuseRemoval(s3, request, environment);
      await deleteAllVersions(s3, request);
      await s3.send(new DeleteBucketCommand(request));
    }
    return {
      bucket: { name: bucket, outcome: exists ? 'removed' : 'already gone' },
      key: await removeKey(kms, bucket, environment.encryption.deletionWindowDays),
    };
  } catch (error) {
    throw awsError(error, `state bucket ${bucket}`);
  }
}

/** The alias goes last: as long as it is there, a second run finds the key. */
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
