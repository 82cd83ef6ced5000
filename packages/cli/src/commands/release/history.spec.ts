import { recordFixture } from '@nightshift/release-view/testing';
import { sdkError } from '@nightshift/testing/aws';
import { ReleaseRun } from '../../testing/release-run';
import { historyTable } from './history';
import { openRecordFixture } from '../../testing/running-fixture';

let run: ReleaseRun;

beforeEach(() => {
  run = new ReleaseRun();
});

afterEach(() => {
  run.dispose();
});

describe('nightshift release history', () => {
  it('prints a table, newest first', async () => {
    run.engine.unreadable = ['s3://x: is not the record of a release'];
    const { stdout, stderr } = await run.run('release history -c dev');
    expect(stdout.split('\n')[0]).toMatch(/^id +started \(UTC\) +kind +from +to +outcome +duration +by$/);
    expect(stderr).toBe('s3://x: is not the record of a release\n');
    expect(run.engine.calls).toEqual(['history 20']);
  });

  it('reports that the environment is not deployed if there is no state bucket', async () => {
    run.engine.failure = { of: 'history 20', error: sdkError('NoSuchBucket') };
    expect((await run.run('release history -c local')).failure).toBe(
      'environment local: is not deployed - deploy it: npm start',
    );
  });

  it('accepts an empty history', async () => {
    run.engine.records = [];
    expect((await run.run('release history -c dev --limit 5')).stdout).toBe('no releases of dev yet\n');
    expect(run.engine.calls).toEqual(['history 5']);
  });

  it('--json prints the complete records', async () => {
    const { stdout } = await run.run('release history -c dev --json');
    expect(JSON.parse(stdout)).toMatchObject({ type: 'result', verb: 'release history', releases: [{ id: 'r1' }] });
  });

  it.each(['0', 'x', '10000'])('refuses a limit of %s', async (limit) => {
    expect((await run.run(`release history -c dev --limit ${limit}`)).failure).toBe(
      `error: option '--limit <number>' argument '${limit}' is invalid. Expected a number from 1 to 9999.`,
    );
  });
});

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
    expect(historyTable([openRecordFixture(), failed, long])).toEqual([
      'id  started (UTC)        kind      from     to                outcome      duration     by',
      'r1  2026-11-24 02:00:00  release   4f1c2e9  9a01b7c           in progress  -            assumed-role/deploy/night',
      'r1  2026-11-24 02:00:00  release   4f1c2e9  9a01b7c           rolled-back  38 min 40 s  assumed-role/deploy/night',
      '  why: alarm-a went into ALARM',
      '  processing window overridden, reason: urgent',
      'r1  2026-11-24 02:00:00  rollback  4f1c2e9  2026.11.24-rele…  succeeded    38 min 40 s  user/night',
    ]);
  });
});
