import { sdkError } from '@nightshift/testing/aws';
import { FakePlatform } from '../testing/fake-platform';
import { recordFixture } from '../testing/record-fixture';
import { releaseHistory } from './release-history';

const key = (hour: number) => `test/releases/2026-11-24T0${String(hour)}:00:00.000Z-r${String(hour)}.json`;

function setUp() {
  const platform = new FakePlatform();
  for (const hour of [1, 2, 3]) platform.bucket.put(key(hour), recordFixture({ id: `r${String(hour)}` }));
  platform.bucket.put('test/releases/latest.json', { key: key(3) });
  platform.bucket.put('test-2/releases/2026-11-24T09:00:00.000Z-r9.json', recordFixture({ id: 'r9' }));
  return platform;
}

describe('releaseHistory', () => {
  it('returns the newest releases of the environment first', async () => {
    const platform = setUp();
    platform.bucket.pageSize = 2;
    const ids = async (limit: number) => (await releaseHistory(platform.context, limit)).records.map(({ id }) => id);
    expect(await ids(10)).toEqual(['r3', 'r2', 'r1']);
    expect(await ids(2)).toEqual(['r3', 'r2']);
  });

  it('returns an empty list without releases', async () => {
    const platform = setUp();
    platform.bucket.objects.clear();
    expect(await releaseHistory(platform.context, 10)).toEqual({ records: [], unreadable: [] });
  });

  it('reports unreadable records, and omits records that are deleted in the meantime', async () => {
    const platform = setUp();
    platform.bucket.put(key(2), 'no JSON');
    platform.bucket.onCall = (command, { Key }) => {
      if (command === 'GetObject' && Key === key(1)) platform.bucket.objects.delete(key(1));
      return undefined;
    };
    const { records, unreadable } = await releaseHistory(platform.context, 10);
    expect(records.map(({ id }) => id)).toEqual(['r3']);
    expect(unreadable).toEqual([
      `s3://s3-tfstate-nightshift-test/${key(2)}: not a release record of this nightshift version, got : Invalid input: expected object, received undefined - use the version that wrote it, or delete the object`,
    ]);
  });

  it('rethrows other errors of S3', async () => {
    const platform = setUp();
    platform.bucket.onCall = (command) =>
      command === 'GetObject' ? sdkError('AccessDenied', 'Access Denied', 403) : undefined;
    await expect(releaseHistory(platform.context, 10)).rejects.toThrow('Access Denied');
  });
});
