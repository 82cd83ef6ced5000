import { GetBucketOwnershipControlsCommand, PutBucketOwnershipControlsCommand } from '@aws-sdk/client-s3';
import { orAbsent } from './or-absent';
import type { Setting } from './setting';
import type { Bucket } from './state-bucket';

/** No access control lists: policies alone decide. https://docs.aws.amazon.com/AmazonS3/latest/userguide/about-object-ownership.html */
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
