import { GetPublicAccessBlockCommand, PutPublicAccessBlockCommand } from '@aws-sdk/client-s3';
import { orAbsent } from './or-absent';
import type { Setting } from './setting';
import type { Bucket } from './state-bucket';

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
