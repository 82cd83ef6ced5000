import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  ScheduleKeyDeletionCommand,
  type KeyMetadata,
  type KMSClient,
} from '@aws-sdk/client-kms';
import { orAbsent } from './or-absent';

/** The KMS key that encrypts an environment's Terraform state. */
export interface StateKey {
  readonly kms: KMSClient;
  readonly id: string;
  readonly arn: string;
  /** The backend's `kms_key_id`. */
  readonly alias: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** KMS's own lower bound: https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
const SHORTEST_DELETION_DAYS = 7;

export function stateKeyAlias(bucket: string): string {
  return `alias/${bucket}`;
}

/** Whether Nightshift made the key for this bucket, not somebody who put another one behind the alias. */
export function isStateKey({ Description }: Pick<KeyMetadata, 'Description'>, bucket: string): boolean {
  return Description === description(bucket);
}

/** @param key alias, id or ARN. */
export async function findKey(kms: KMSClient, key: string): Promise<KeyMetadata | undefined> {
  const answer = await orAbsent(kms.send(new DescribeKeyCommand({ KeyId: key })), 'NotFoundException');
  return answer?.KeyMetadata;
}

/**
 * Makes a key, and its alias, under AWS's default policy: the account's IAM policies decide who may use it. A key whose
 * alias cannot be made is deleted again: nobody would find it.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html
 * @param bucket the name of the bucket.
 */
export async function createStateKey(kms: KMSClient, bucket: string, tags: StateKey['tags']): Promise<StateKey> {
  const { KeyMetadata: metadata } = await kms.send(
    new CreateKeyCommand({
      Description: description(bucket),
      Tags: Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue })),
    }),
  );
  const key = {
    kms,
    id: String(metadata?.KeyId),
    arn: String(metadata?.Arn),
    alias: stateKeyAlias(bucket),
    tags,
  };
  try {
    await kms.send(new CreateAliasCommand({ AliasName: key.alias, TargetKeyId: key.id }));
  } catch (error) {
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: key.id, PendingWindowInDays: SHORTEST_DELETION_DAYS }));
    throw error;
  }
  return key;
}

function description(bucket: string): string {
  return `Terraform state in ${bucket}`;
}
