import { DeleteObjectsCommand, ListObjectVersionsCommand, type S3Client } from '@aws-sdk/client-s3';
import { UserError } from '@nightshift/errors';
import type { StateBucket } from './state-bucket';

/** Deletes every object with all its versions and delete markers: up to 1000 at once, as S3 lists them. */
export async function deleteAllVersions(s3: S3Client, request: StateBucket['request']): Promise<void> {
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand(request));
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    const { Errors: [error] = [] } = await s3.send(
      new DeleteObjectsCommand({ ...request, Delete: { Objects, Quiet: true } }),
    );
    // Without this a version that may not be deleted would be tried for ever.
    if (error) {
      throw new UserError({
        where: `s3://${request.Bucket}/${String(error.Key)}`,
        what: 'could not be deleted',
        got: `${String(error.Code)}: ${String(error.Message)}`,
        todo: 'correct the cause, then run the same command again; what is deleted stays deleted',
      });
    }
  }
}
