import type { ReleaseRecord } from '../record';

export const START = '2026-11-24T10:00:00.000Z';

/** The record of a release that has just started, with changes. */
export function recordFixture(changes: Partial<ReleaseRecord> = {}): ReleaseRecord {
  return {
    version: 1,
    id: 'r1',
    suffix: 'test',
    startedAt: START,
    by: 'arn:aws:iam::123456789012:user/deploy',
    kind: 'release',
    from: {},
    to: {},
    strategy: [],
    events: [],
    durations: {},
    scaling: {},
    ...changes,
  };
}
