import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { UserError } from '@nightshift/errors';
import type { ReleaseRecord } from '../record';
import type { ReleaseContext } from '../release-context';
import { pointerKey, recordPrefix, RecordStore } from './record-store';

/** The releases of an environment. */
export interface ReleaseHistory {
  /** Newest first. */
  readonly records: readonly ReleaseRecord[];
  /** One message for each record that cannot be read. */
  readonly unreadable: readonly string[];
}

/** @param limit number of newest releases. */
export async function releaseHistory(
  { clients, target }: Pick<ReleaseContext, 'clients' | 'target'>,
  limit: number,
): Promise<ReleaseHistory> {
  const { bucket, suffix } = target;
  const store = new RecordStore(clients.s3, bucket, suffix);
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await clients.s3.send(
      new ListObjectsV2Command({ Bucket: bucket, Prefix: recordPrefix(suffix), ContinuationToken: token }),
    );
    keys.push(...(page.Contents ?? []).map(({ Key }) => String(Key)));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  // Keys start with the time.
  const newest = keys
    .filter((key) => key !== pointerKey(suffix))
    .sort()
    .reverse()
    .slice(0, limit);
  const read = await Promise.all(newest.map(async (key) => await readable(store, key)));
  return {
    records: read.flatMap(({ record }) => record ?? []),
    unreadable: read.flatMap(({ problem }) => problem ?? []),
  };
}

async function readable(store: RecordStore, key: string): Promise<{ record?: ReleaseRecord; problem?: string }> {
  try {
    const stored = await store.read(key);
    return stored ? { record: stored.record } : {};
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problem: error.message };
  }
}
