import {
  CancelKeyDeletionCommand,
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  EnableKeyCommand,
  EnableKeyRotationCommand,
  GetKeyRotationStatusCommand,
  type KeyMetadata,
  type KMSClient,
  ListResourceTagsCommand,
  ScheduleKeyDeletionCommand,
  TagResourceCommand,
} from '@aws-sdk/client-kms';
import { GetBucketEncryptionCommand, type S3Client } from '@aws-sdk/client-s3';
import { orAbsent, type Setting, type SettingReport, settle, tagDeviation } from './bucket-settings';
import type { StateBucket } from './create-bucket';

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

/** Whether Nightshift created the key for this bucket: another key can be behind the alias. */
export function isStateKey({ Description }: Pick<KeyMetadata, 'Description'>, bucket: string): boolean {
  return Description === description(bucket);
}

/** @param key alias, id or ARN. */
export async function findKey(kms: KMSClient, key: string): Promise<KeyMetadata | undefined> {
  const answer = await orAbsent(kms.send(new DescribeKeyCommand({ KeyId: key })), 'NotFoundException');
  return answer?.KeyMetadata;
}

/**
 * Creates a key and its alias with AWS's default key policy, which delegates to IAM policies. Deletes the key again if the alias cannot be
 * created.
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

interface EnsureKeyOptions {
  readonly s3: S3Client;
  readonly kms: KMSClient;
  readonly request: StateBucket['request'];
  /** Whether the bucket exists. */
  readonly exists: boolean;
  readonly tags: StateKey['tags'];
  /** Changes nothing. */
  readonly check: boolean;
  readonly report: (report: SettingReport) => void;
}

/** The key behind the alias, created or repaired; undefined when `check` found that it would be created. */
export async function ensureStateKey(options: EnsureKeyOptions): Promise<StateKey | undefined> {
  const { kms, request, tags, check, report } = options;
  const alias = stateKeyAlias(request.Bucket);
  const found = (await findKey(kms, alias)) ?? (await keyWithoutAlias(options));
  if (found !== undefined) {
    const key = { kms, id: String(found.KeyId), arn: String(found.Arn), alias, tags };
    // A key with a scheduled deletion accepts no other change before the deletion is cancelled.
    await settle({ settings: [keyUsable, keyAlias, keyRotation, keyTags], target: key, check, report });
    return key;
  }
  const key = check ? undefined : await createStateKey(kms, request.Bucket, tags);
  if (key) await keyRotation.set(key);
  for (const { title } of [keyUsable, keyAlias, keyRotation, keyTags]) {
    report({ setting: title, outcome: check ? 'would be created' : 'created' });
  }
  return key;
}

/** The key of the bucket, if its alias was deleted; only a key that was created for this bucket. */
async function keyWithoutAlias({ s3, kms, request, exists }: EnsureKeyOptions) {
  if (!exists) return undefined;
  const answer = await orAbsent(
    s3.send(new GetBucketEncryptionCommand(request)),
    'ServerSideEncryptionConfigurationNotFoundError',
  );
  const id = answer?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID;
  const key = id === undefined ? undefined : await findKey(kms, id);
  return key !== undefined && isStateKey(key, request.Bucket) ? key : undefined;
}

/** Without the key, no state can be read, so a disabled key is enabled and a scheduled deletion is cancelled. */
export const keyUsable: Setting<StateKey> = {
  title: 'KMS key',
  deviation: async ({ kms, id }) => {
    const { KeyState: state, DeletionDate: date } = (await findKey(kms, id)) ?? {};
    if (state === 'Enabled') return undefined;
    return date ? `due for deletion on ${date.toISOString().slice(0, 10)}` : String(state).toLowerCase();
  },
  set: async ({ kms, id }) => {
    const key = await findKey(kms, id);
    if (key?.KeyState === 'PendingDeletion') await kms.send(new CancelKeyDeletionCommand({ KeyId: id }));
    await kms.send(new EnableKeyCommand({ KeyId: id }));
  },
};

/** The backend uses the key by this name. */
export const keyAlias: Setting<StateKey> = {
  title: 'key alias',
  deviation: async ({ kms, alias }) => ((await findKey(kms, alias)) === undefined ? 'missing' : undefined),
  set: async ({ kms, id, alias }) => {
    await kms.send(new CreateAliasCommand({ AliasName: alias, TargetKeyId: id }));
  },
};

/** A new key each year, old states stay readable: https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html */
export const keyRotation: Setting<StateKey> = {
  title: 'key rotation',
  deviation: async ({ kms, id }) => {
    const { KeyRotationEnabled } = await kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));
    return KeyRotationEnabled === true ? undefined : 'off';
  },
  set: async ({ kms, id }) => {
    await kms.send(new EnableKeyRotationCommand({ KeyId: id }));
  },
};

/** R0.9. */
export const keyTags: Setting<StateKey> = {
  title: 'key tags',
  deviation: async ({ kms, id, tags }) => {
    const { Tags: found } = await kms.send(new ListResourceTagsCommand({ KeyId: id, Limit: 50 }));
    return tagDeviation(Object.fromEntries((found ?? []).map(({ TagKey, TagValue }) => [TagKey, TagValue])), tags);
  },
  set: async ({ kms, id, tags }) => {
    const Tags = Object.entries(tags).map(([TagKey, TagValue]) => ({ TagKey, TagValue }));
    await kms.send(new TagResourceCommand({ KeyId: id, Tags }));
  },
};
