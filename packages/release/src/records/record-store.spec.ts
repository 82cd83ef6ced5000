import { sdkError } from '@nightshift/testing/aws';
import { FakeBucket } from '../testing/fake-bucket';
import { recordFixture, START } from '../testing/record-fixture';
import { RecordStore } from './record-store';

const KEY = `test/releases/${START}-r1.json`;

const POINTER = 'test/releases/latest.json';

const now = new Date(START);

const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);

const setUp = () => {
  const bucket = new FakeBucket(() => now);
  return { bucket, store: new RecordStore(bucket.client, 'state', 'test') };
};

describe('RecordStore', () => {
  it('writes the record of a new release, and finds it as the newest', async () => {
    const { bucket, store } = setUp();
    expect(await store.latest()).toBeUndefined();
    const begun = await store.begin(recordFixture(), undefined, minutesAgo(2));
    expect(begun).toMatchObject({ record: recordFixture(), object: { key: KEY } });
    expect(bucket.value(POINTER)).toEqual({ key: KEY });
    expect((await store.latest())?.record).toEqual(recordFixture());
    const next = recordFixture({ id: 'r2', startedAt: '2026-11-24T11:00:00.000Z' });
    expect((await store.begin(next, begun, minutesAgo(2)))?.record.id).toBe('r2');
    expect((await store.latest())?.record.id).toBe('r2');
  });

  it('lets one of two simultaneous starts succeed', async () => {
    const { bucket, store } = setUp();
    expect(await store.begin(recordFixture(), undefined, minutesAgo(2))).toBeDefined();
    expect(await store.begin(recordFixture({ id: 'r2' }), undefined, minutesAgo(2))).toBeUndefined();
    const previous = await store.latest();
    bucket.onCall = (command) => {
      if (command === 'PutObject') bucket.put(POINTER, { key: 'of another' });
      return undefined;
    };
    expect(await store.begin(recordFixture({ id: 'r3' }), previous, minutesAgo(2))).toBeUndefined();
  });

  it('waits for a start that has not written its record yet, and not for an abandoned one', async () => {
    const { bucket, store } = setUp();
    bucket.put(POINTER, { key: 'test/releases/never-written.json' });
    expect(await store.latest()).toBeUndefined();
    expect(await store.begin(recordFixture(), undefined, minutesAgo(2))).toBeUndefined();
    expect(await store.begin(recordFixture(), undefined, minutesAgo(0))).toBeDefined();
  });

  it('refuses to start if another process has written the record', async () => {
    const { bucket, store } = setUp();
    bucket.put(KEY, 'of another');
    expect(await store.begin(recordFixture(), undefined, minutesAgo(2))).toBeUndefined();
  });

  it('recognizes its own write after a lost response', async () => {
    const { bucket, store } = setUp();
    bucket.loseAnswer = true;
    expect(await store.begin(recordFixture(), undefined, minutesAgo(2))).toBeDefined();
  });

  it('replaces a record, unless another process has written it in the meantime', async () => {
    const { bucket, store } = setUp();
    const begun = (await store.begin(recordFixture(), undefined, minutesAgo(2)))!;
    const next = await store.replace(begun, recordFixture({ deploymentId: 'd-1' }));
    expect(bucket.value(KEY)).toMatchObject({ deploymentId: 'd-1' });
    expect(await store.replace(begun, recordFixture({ deploymentId: 'd-2' }))).toBeUndefined();
    expect((await store.replace(next!, recordFixture({ cause: 'x' })))?.record.cause).toBe('x');
  });

  it.each([
    ['no JSON', '{', ': Invalid input: expected object, received undefined'],
    ['of another version', JSON.stringify(recordFixture({ version: 2 as 1 })), 'version: Invalid input: expected 1'],
  ])('reports a record that is %s', async (_, text, got) => {
    const { bucket, store } = setUp();
    bucket.put(KEY, text);
    await expect(store.read(KEY)).rejects.toThrow(
      `s3://state/${KEY}: not a release record of this nightshift version, got ${got} - use the version that wrote it, or delete the object`,
    );
  });

  it('rethrows other errors of S3', async () => {
    const { bucket, store } = setUp();
    bucket.onCall = () => sdkError('AccessDenied', 'Access Denied', 403);
    await expect(store.latest()).rejects.toThrow('Access Denied');
    bucket.onCall = (command) => (command === 'PutObject' ? sdkError('AccessDenied', 'Access Denied', 403) : undefined);
    await expect(store.begin(recordFixture(), undefined, minutesAgo(2))).rejects.toThrow('Access Denied');
  });
});
