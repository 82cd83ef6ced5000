import { isDeepStrictEqual } from 'node:util';
import {
  GetBucketLifecycleConfigurationCommand,
  PutBucketLifecycleConfigurationCommand,
  type LifecycleRule,
} from '@aws-sdk/client-s3';
import { orAbsent } from './or-absent';
import type { Setting } from './setting';
import type { Bucket } from './state-bucket';

/** How long an overwritten or deleted state can be brought back. */
const OLD_VERSIONS_DAYS = 90;
const INCOMPLETE_UPLOADS_DAYS = 7;

/**
 * Each run leaves an old version of the lock file and a delete marker, so without these the bucket grows for ever.
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

/** In an order that does not matter to S3, without the differences that mean nothing to it. */
function byId(found: readonly LifecycleRule[]): Record<string, unknown> {
  const plain = JSON.parse(JSON.stringify(found)) as LifecycleRule[];
  return Object.fromEntries(plain.map((rule) => [rule.ID ?? '', { ...rule, Filter: rule.Filter ?? { Prefix: '' } }]));
}
