import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { StateBucket } from './state-bucket';

/** The keys of all objects that are there now. */
export async function objectKeys(s3: S3Client, request: StateBucket['request']): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await s3.send(new ListObjectsV2Command({ ...request, ...(token && { ContinuationToken: token }) }));
    keys.push(...(page.Contents ?? []).map(({ Key }) => String(Key)));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}
