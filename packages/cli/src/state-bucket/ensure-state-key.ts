import type { KMSClient } from '@aws-sdk/client-kms';
import { GetBucketEncryptionCommand, type S3Client } from '@aws-sdk/client-s3';
import { keyAlias, keyRotation, keyTags, keyUsable } from './key-settings';
import { orAbsent } from './or-absent';
import type { SettingReport } from './setting-report';
import { settle } from './settle';
import type { StateBucket } from './state-bucket';
import { createStateKey, findKey, isStateKey, stateKeyAlias, type StateKey } from './state-key';

export interface EnsureKeyOptions {
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
    // A key that is due for deletion accepts nothing else before it is kept.
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

/** The key that encrypts the bucket, where somebody deleted its alias; only one that was made for this bucket. */
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
