import { openRecordFixture, recordFixture } from '../../testing/record-fixture';
import { historyTable } from './history';

describe('the history of releases', () => {
  it('is a table with why those failed that did', () => {
    const long = recordFixture({
      kind: 'rollback',
      to: { tag: '2026.11.24-release-1' },
      by: 'arn:aws:iam::123456789012:user/night',
    });
    const failed = recordFixture({ outcome: 'rolled-back', cause: 'alarm-a went into ALARM', duringWindow: 'urgent' });
    expect(historyTable([openRecordFixture(), failed, long])).toEqual([
      'started (UTC)        kind      from     to                outcome      duration     by',
      '2026-11-24 02:00:00  release   4f1c2e9  9a01b7c           in progress  -            assumed-role/deploy/night',
      '2026-11-24 02:00:00  release   4f1c2e9  9a01b7c           rolled-back  38 min 40 s  assumed-role/deploy/night',
      '  why: alarm-a went into ALARM',
      '  processing window overridden, reason: urgent',
      '2026-11-24 02:00:00  rollback  4f1c2e9  2026.11.24-rele…  succeeded    38 min 40 s  user/night',
    ]);
  });
});
