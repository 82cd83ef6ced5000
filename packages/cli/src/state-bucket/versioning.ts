import { GetBucketVersioningCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import type { Setting } from './setting';
import type { Bucket } from './state-bucket';

/** A state that was overwritten or deleted by mistake can be brought back. */
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
