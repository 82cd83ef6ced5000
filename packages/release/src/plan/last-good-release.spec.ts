import type { ReleaseRecord } from '../record';
import { recordFixture } from '../testing/record-fixture';
import { digestOf } from '../testing/fake-ecr';
import { FakePlatform } from '../testing/fake-platform';
import { goodVersions, rollbackVersion } from './last-good-release';

const version = (taskDefinition: string) => ({ taskDefinition });

const release = (from: string, to: string, changes: Partial<ReleaseRecord> = {}) =>
  recordFixture({ from: version(from), to: version(to), outcome: 'succeeded', ...changes });

const rollback = (from: string, to: string) => release(from, to, { kind: 'rollback' });

const table: readonly (readonly [string, readonly ReleaseRecord[], string, string | undefined])[] = [
  ['the release before the one that runs', [release('a', 'b'), release('0', 'a')], 'b', 'a'],
  [
    'not one that failed',
    [release('a', 'c', { outcome: 'rolled-back' }), release('a', 'b'), release('0', 'a')],
    'b',
    'a',
  ],
  ['not one in progress', [release('b', 'c', { outcome: undefined }), release('a', 'b'), release('0', 'a')], 'b', 'a'],
  ['what ran before the first release', [release('0', 'a')], 'a', '0'],
  ['not a version that was left by a rollback', [rollback('b', 'a'), release('a', 'b'), release('0', 'a')], 'a', '0'],
  ['one that was released again after that', [release('a', 'b'), rollback('b', 'a'), release('a', 'b')], 'b', 'a'],
  ['nothing where nothing is recorded', [], 'a', undefined],
  ['nothing where all was left', [rollback('a', '0'), release('0', 'a')], '0', undefined],
];

describe('goodVersions', () => {
  it.each(table)('starts with %s', (_, records, running, expected) => {
    expect(goodVersions(records, version(running))[0]?.taskDefinition).toBe(expected);
  });

  it('has each version once, newest first', () => {
    const records = [release('b', 'c'), release('a', 'b'), release('b', 'a'), release('a', 'b'), release('0', 'a')];
    expect(goodVersions(records, version('c')).map(({ taskDefinition }) => taskDefinition)).toEqual(['b', 'a', '0']);
  });
});

describe('rollbackVersion', () => {
  const ids = ['4f1c-1', '4f1c-2', '77aa-3'];
  const images = [digestOf('1a'), digestOf('2b'), digestOf('ff')];
  const running = version('4');
  let platform: FakePlatform;

  /** Three releases that succeeded, the last of them with an image that is gone, and one that did not. */
  beforeEach(() => {
    platform = new FakePlatform();
    const put = (hour: number, record: Partial<ReleaseRecord>) => {
      platform.bucket.put(`test/releases/0${String(hour)}.json`, release('0', String(hour), record));
    };
    ids.forEach((id, at) => {
      put(at + 1, { id, to: { tag: `1.${String(at)}`, digest: images[at], taskDefinition: String(at + 1) } });
    });
    put(4, { id: '9999-4', outcome: 'rolled-back' });
    put(5, { id: '8888-5', outcome: undefined });
  });

  const found = async (to?: string) => await rollbackVersion(platform.context, running, to);

  it('skips a version whose image is deleted', async () => {
    const { version: good, skipped } = await found();
    expect(good).toEqual({ tag: '1.1', digest: digestOf('2b'), taskDefinition: '2' });
    expect(skipped.map(({ tag }) => tag)).toEqual(['1.2']);
  });

  it('finds an image by its tag without a recorded digest, and accepts a version without an image', async () => {
    platform.bucket.put('test/releases/06.json', release('0', '6', { to: { tag: 'gone', taskDefinition: '6' } }));
    expect((await found()).skipped.map(({ tag }) => tag)).toEqual(['gone', '1.2']);
    platform.bucket.put('test/releases/07.json', release('0', '7', { to: { taskDefinition: '7' } }));
    expect((await found()).version).toEqual({ taskDefinition: '7' });
  });

  it('reports that no image is left', async () => {
    platform.ecr.images = [];
    platform.bucket.put('test/releases/00.json', release('0', '1', { from: { tag: '0.9', taskDefinition: '0' } }));
    await expect(found()).rejects.toThrow(
      'releases of test: no good release to roll back to, got 6 on record, none whose image is still in the repository (1.2, 1.1, 1.0, 0.9) - release an image instead: npx nx run compute:release -c test --image <tag>',
    );
  });

  it('is of the release that the user names, by its id or the start of it', async () => {
    expect((await found('4f1c-1')).version.taskDefinition).toBe('1');
    expect((await found('4f1c-2')).version.taskDefinition).toBe('2');
  });

  it.each([
    ['no-such', 'no such release, got no-such'],
    ['4f1c', '2 releases have an id that starts like this, got 4f1c'],
    ['9999', 'the release did not succeed, got 9999: rolled-back'],
    ['8888', 'the release did not succeed, got 8888: in progress'],
    ['77aa', 'the image of the release is not in the repository any more, got 77aa: 1.2'],
  ])('refuses %s', async (id, problem) => {
    await expect(found(id)).rejects.toThrow(
      `nightshift rollback --to: ${problem} - use the id of one that succeeded: npx nightshift release history -c test`,
    );
  });

  it('refuses the running version', async () => {
    await expect(rollbackVersion(platform.context, version('2'), '4f1c-2')).rejects.toThrow(
      'nightshift rollback --to: release 4f1c-2 (1.1) already runs; nothing to roll back - use the id of another release that succeeded: npx nightshift release history -c test',
    );
  });
});
