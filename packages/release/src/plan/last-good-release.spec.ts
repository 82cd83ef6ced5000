import type { ReleaseRecord } from '../record';
import { recordFixture } from '../testing/record-fixture';
import { lastGoodVersion } from './last-good-release';

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
  ['not one that goes on', [release('b', 'c', { outcome: undefined }), release('a', 'b'), release('0', 'a')], 'b', 'a'],
  ['what ran before the first release', [release('0', 'a')], 'a', '0'],
  ['not a version that was left by a rollback', [rollback('b', 'a'), release('a', 'b'), release('0', 'a')], 'a', '0'],
  ['one that was released again after that', [release('a', 'b'), rollback('b', 'a'), release('a', 'b')], 'b', 'a'],
  ['nothing where nothing is recorded', [], 'a', undefined],
  ['nothing where all was left', [rollback('a', '0'), release('0', 'a')], '0', undefined],
];

describe('lastGoodVersion', () => {
  it.each(table)('is %s', (_, records, running, expected) => {
    expect(lastGoodVersion(records, version(running))?.taskDefinition).toBe(expected);
  });
});
