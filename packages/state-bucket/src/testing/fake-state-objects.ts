import type { StateObjects, StoredObject } from '@nightshift/state-bucket';

/** State buckets in memory. */
export class FakeStateObjects implements StateObjects {
  readonly objects = new Map<string, StoredObject>();
  private writes = 0;

  readonly read: StateObjects['read'] = (bucket, key) => Promise.resolve(this.objects.get(`${bucket}/${key}`));

  readonly write: StateObjects['write'] = (bucket, key, text) => {
    this.objects.set(`${bucket}/${key}`, { text, version: String((this.writes += 1)) });
    return Promise.resolve();
  };

  readonly caller = () => Promise.resolve('arn:aws:sts::123456789012:assumed-role/deploy/ci');
}
