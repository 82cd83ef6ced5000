import { GetBucketTaggingCommand, PutBucketTaggingCommand } from '@aws-sdk/client-s3';
import { orAbsent } from './or-absent';
import { tagDeviation, type Tags } from './tag-deviation';
import type { Setting } from './setting';
import type { Bucket } from './state-bucket';

/** R0.9. */
export const bucketTags: Setting<Bucket> = {
  title: 'tags',
  deviation: async (bucket) => tagDeviation(await tagsOf(bucket), bucket.tags),
  set: async (bucket) => {
    // S3 replaces the whole set; tags of others stay, and those of AWS (aws:…) have to.
    const tags = Object.entries({ ...(await tagsOf(bucket)), ...bucket.tags });
    const TagSet = tags.map(([Key, Value]) => ({ Key, Value }));
    await bucket.s3.send(new PutBucketTaggingCommand({ ...bucket.request, Tagging: { TagSet } }));
  },
};

async function tagsOf({ s3, request }: Bucket): Promise<Tags> {
  const answer = await orAbsent(s3.send(new GetBucketTaggingCommand(request)), 'NoSuchTagSet');
  return Object.fromEntries((answer?.TagSet ?? []).map(({ Key, Value }) => [Key, Value]));
}
