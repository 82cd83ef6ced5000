import { historyTable } from './history-table';
import { recordFixture } from './testing/record-fixture';

describe('historyTable', () => {
  it('shows why releases failed', () => {
    const long = recordFixture({
      kind: 'rollback',
      to: { tag: '2026.11.24-release-1' },
      by: 'arn:aws:iam::123456789012:user/night',
    });
    const failed = recordFixture({ outcome: 'rolled-back', cause: 'alarm-a went into ALARM', duringWindow: 'urgent' });
    const unproven = recordFixture({
      traffic: { requests: 0, failed: 0, balancerErrors: 0 },
      verification: { outcome: 'not-verified', text: 'nobody may', time: '2026-11-24T02:03:00.000Z' },
    });
    expect(historyTable([unproven]).slice(1)).toEqual([
      'r1  2026-11-24 02:00:00  release  4f1c2e9  9a01b7c  succeeded, unproven  38 min 40 s  assumed-role/deploy/night',
      '  not verified: nobody may',
    ]);
    const from = { tag: '4f1c2e9' };
    const changes = [
      '~ environment LOG_LEVEL: info → debug',
      '~ memory: 1024 → 2048',
      '+ secret DB: /risk/db',
      '- user: 7',
    ];
    expect(historyTable([recordFixture({ from, to: from, changes })])[2]).toBe(
      '  changes: ~ environment LOG_LEVEL: info → debug; ~ memory: 1024 → 2048; + secret DB: /risk/db; and 1 more: --json',
    );
    expect(historyTable([recordFixture({ from, to: from, changes: changes.slice(0, 1) })])[2]).toBe(
      '  changes: ~ environment LOG_LEVEL: info → debug',
    );
    expect(historyTable([recordFixture({ from, to: from })])).toHaveLength(2);
    expect(historyTable([{ ...recordFixture(), endedAt: undefined, outcome: undefined }, failed, long])).toEqual([
      'id  started (UTC)        kind      from     to                outcome      duration     by',
      'r1  2026-11-24 02:00:00  release   4f1c2e9  9a01b7c           in progress  -            assumed-role/deploy/night',
      'r1  2026-11-24 02:00:00  release   4f1c2e9  9a01b7c           rolled-back  38 min 40 s  assumed-role/deploy/night',
      '  why: alarm-a went into ALARM',
      '  processing window overridden, reason: urgent',
      'r1  2026-11-24 02:00:00  rollback  4f1c2e9  2026.11.24-rele…  succeeded    38 min 40 s  user/night',
    ]);
  });
});
