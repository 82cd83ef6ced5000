import type { S3Client } from '@aws-sdk/client-s3';
import { objectKeys } from './object-keys';
import type { StateBucket } from './state-bucket';
import { readStoredState, stateObject, type StoredState } from './stored-state';

/** What Terraform stored about each stack of an environment that was ever deployed, by the stack's name. */
export async function environmentStates(
  s3: S3Client,
  request: StateBucket['request'],
  suffix: string,
): Promise<ReadonlyMap<string, StoredState>> {
  const states = new Map<string, StoredState>();
  for (const key of await objectKeys(s3, request)) {
    const object = stateObject(key);
    if (object?.suffix !== suffix || object.isLock) continue;
    const state = await readStoredState(s3, request, key);
    if (state) states.set(object.stack, state);
  }
  return states;
}
