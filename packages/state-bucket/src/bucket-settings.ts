import { isDeepStrictEqual } from 'node:util';
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketOwnershipControlsCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import type { Immutable } from '@nightshift/console/json';
import { z } from 'zod';
import type { Bucket, StateBucket } from './create-bucket';

/** One setting of the state bucket or of its key: how to check and how to repair it. */
export interface Setting<Target> {
  /** Name in the report. */
  readonly title: string;
  /** The current setting, as a phrase that follows "was"; undefined when it is correct. */
  readonly deviation: (target: Target) => Promise<string | undefined>;
  readonly set: (target: Target) => Promise<void>;
}

export const settingReport = z
  .object({
    setting: z.string().describe('Such as `versioning`.'),
    outcome: z
      .enum(['already so', 'created', 'repaired', 'would be created', 'would be repaired'])
      .describe('`would be …`: with `--check`, nothing was changed.'),
    was: z.string().optional().describe('The previous setting; absent if there was none, or if it was correct.'),
  })
  .describe('The outcome of one setting.');

export type SettingReport = Immutable<z.output<typeof settingReport>>;

/** Whether something changed, or would with `--check`. */
export function isChange({ outcome }: SettingReport): boolean {
  return outcome !== 'already so';
}

/** A state that was overwritten or deleted by mistake can be restored. */
export const versioning: Setting<Bucket> = {
  title: 'versioning',
  deviation: async ({ s3, request }) => {
    const { Status: status = 'off' } = await s3.send(new GetBucketVersioningCommand(request));
    return status === 'Enabled' ? undefined : status.toLowerCase();
  },
  set: async ({ s3, request }) => {
    await s3.send(new PutBucketVersioningCommand({ ...request, VersioningConfiguration: { Status: 'Enabled' } }));
  },
};

/**
 * Encryption with the environment's key. A bucket key avoids a KMS request for each object:
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
    // The ARN, not the alias: S3 resolves an alias in the account that writes the object.
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

/**
 * No access control lists: only policies grant access. https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html
 */
const WANTED = 'BucketOwnerEnforced';

export const objectOwnership: Setting<Bucket> = {
  title: 'object ownership',
  deviation: async ({ s3, request }) => {
    const answer = await orAbsent(
      s3.send(new GetBucketOwnershipControlsCommand(request)),
      'OwnershipControlsNotFoundError',
    );
    const found = answer?.OwnershipControls?.Rules?.[0]?.ObjectOwnership ?? 'not set';
    return found === WANTED ? undefined : found;
  },
  set: async ({ s3, request }) => {
    const controls = { Rules: [{ ObjectOwnership: WANTED as typeof WANTED }] };
    await s3.send(new PutBucketOwnershipControlsCommand({ ...request, OwnershipControls: controls }));
  },
};

/** All four: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html */
const blocked = {
  BlockPublicAcls: true,
  IgnorePublicAcls: true,
  BlockPublicPolicy: true,
  RestrictPublicBuckets: true,
} as const;

export const publicAccessBlock: Setting<Bucket> = {
  title: 'public access block',
  deviation: async ({ s3, request }) => {
    const answer = await orAbsent(
      s3.send(new GetPublicAccessBlockCommand(request)),
      'NoSuchPublicAccessBlockConfiguration',
    );
    const found = answer?.PublicAccessBlockConfiguration;
    if (found === undefined) return 'off';
    const open = (Object.keys(blocked) as (keyof typeof blocked)[]).filter((name) => found[name] !== true);
    return open.length === 0 ? undefined : `without ${open.join(', ')}`;
  },
  set: async ({ s3, request }) => {
    await s3.send(new PutPublicAccessBlockCommand({ ...request, PublicAccessBlockConfiguration: blocked }));
  },
};

/** Time in which an overwritten or deleted state can be restored. */
const OLD_VERSIONS_DAYS = 90;

const INCOMPLETE_UPLOADS_DAYS = 7;

/**
 * Each run leaves an old version of the lock file and a delete marker, which these rules remove.
 * The current version of a state never expires. These are the only rules: any other could delete a state.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export const lifecycle = lifecycleRules([
  {
    ID: 'expire-old-versions',
    Status: 'Enabled',
    Filter: { Prefix: '' },
    NoncurrentVersionExpiration: { NoncurrentDays: OLD_VERSIONS_DAYS },
    Expiration: { ExpiredObjectDeleteMarker: true },
  },
  {
    ID: 'abort-incomplete-uploads',
    Status: 'Enabled',
    Filter: { Prefix: '' },
    AbortIncompleteMultipartUpload: { DaysAfterInitiation: INCOMPLETE_UPLOADS_DAYS },
  },
]);

export function lifecycleRules(rules: LifecycleRule[]): Setting<Bucket> {
  return {
    title: 'lifecycle',
    deviation: async ({ s3, request }) => {
      const answer = await orAbsent(
        s3.send(new GetBucketLifecycleConfigurationCommand(request)),
        'NoSuchLifecycleConfiguration',
      );
      if (answer === undefined) return 'not set';
      return isDeepStrictEqual(byId(answer.Rules ?? []), byId(rules)) ? undefined : 'set to other rules';
    },
    set: async ({ s3, request }) => {
      const LifecycleConfiguration = { Rules: rules };
      await s3.send(new PutBucketLifecycleConfigurationCommand({ ...request, LifecycleConfiguration }));
    },
  };
}

/** Normalized rules: sorted, without differences that S3 ignores. */
function byId(found: readonly LifecycleRule[]): Record<string, unknown> {
  const plain = JSON.parse(JSON.stringify(found)) as LifecycleRule[];
  return Object.fromEntries(plain.map((rule) => [rule.ID ?? '', { ...rule, Filter: rule.Filter ?? { Prefix: '' } }]));
}

/** R0.9. */
export const bucketTags: Setting<Bucket> = {
  title: 'tags',
  deviation: async (bucket) => tagDeviation(await tagsOf(bucket), bucket.tags),
  set: async (bucket) => {
    // S3 replaces the whole set, so it includes existing tags of others and of AWS (aws:…).
    const tags = Object.entries({ ...(await tagsOf(bucket)), ...bucket.tags });
    const TagSet = tags.map(([Key, Value]) => ({ Key, Value }));
    await bucket.s3.send(new PutBucketTaggingCommand({ ...bucket.request, Tagging: { TagSet } }));
  },
};

async function tagsOf({ s3, request }: Bucket): Promise<Tags> {
  const answer = await orAbsent(s3.send(new GetBucketTaggingCommand(request)), 'NoSuchTagSet');
  return Object.fromEntries((answer?.TagSet ?? []).map(({ Key, Value }) => [Key, Value]));
}

type Tags = Readonly<Record<string, string>>;

/** The missing or different tags, as a phrase that follows "was"; undefined without any. Additional tags are allowed. */
export function tagDeviation(found: Tags, wanted: Tags): string | undefined {
  const off = Object.entries(wanted).filter(([key, value]) => found[key] !== value);
  return off.length === 0 ? undefined : `without ${off.map(([key, value]) => `${key}=${value}`).join(', ')}`;
}

/** Returns undefined for an error of AWS that means "does not exist". */
export async function orAbsent<T>(answer: Promise<T>, ...codes: readonly string[]): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && codes.includes(error.name)) return undefined;
    throw error;
  }
}

interface SettleOptions<Target> {
  readonly settings: readonly Setting<Target>[];
  readonly target: Target;
  /** Changes nothing. */
  readonly check: boolean;
  readonly report: (report: SettingReport) => void;
}

/** Repairs differences: reads all settings in parallel, and writes one after the other, because S3 refuses concurrent writes. */
export async function settle<Target>({ settings, target, check, report }: SettleOptions<Target>): Promise<void> {
  const found = await Promise.all(settings.map(async (setting) => ({ setting, was: await setting.deviation(target) })));
  for (const { setting, was } of found) {
    if (was === undefined) {
      report({ setting: setting.title, outcome: 'already so' });
    } else {
      if (!check) await setting.set(target);
      report({ setting: setting.title, outcome: check ? 'would be repaired' : 'repaired', was });
    }
  }
}
