import { createColors } from 'picocolors';
import { paint } from '../text/paint';
import { at, snapshotFixture } from '../testing/snapshot-fixture';
import type { CockpitView } from './cockpit-view';
import { headline } from './headline';

const lines = (changes: Partial<CockpitView>, colours = createColors(false)) =>
  headline(
    { suffix: 'prod', kind: 'release', snapshot: snapshotFixture(), now: at(8, 14), notices: [], ...changes },
    79,
  ).map((line) => paint(line, 79, colours));

describe('the headline of the cockpit', () => {
  it('says what goes on, since when, and for how long it is expected to', () => {
    expect(lines({ kind: 'rollback' })).toEqual([
      'rollback of prod: 4f1c2e9 -> 9a01b7c                  d-8QZ4K1P2N  02:08:14 UTC',
      'shifting traffic  8 min 14 s of about 43 min                          [on time]',
    ]);
  });

  it('tells slow from stuck, in words and not by colour alone', () => {
    const slow = snapshotFixture({ verdict: 'slow', verdictReason: 'Spot capacity\nis short' });
    expect(lines({ snapshot: slow }).slice(1)).toEqual([
      'shifting traffic  8 min 14 s of about 43 min                             [SLOW]',
      '! Spot capacity is short',
    ]);
    const stuck = snapshotFixture({ verdict: 'stuck' });
    expect(lines({ snapshot: stuck })[1]).toMatch(/ \[STUCK\]$/);
    expect(lines({ snapshot: stuck }, createColors(true))[1]).toContain('\u001B[31m[STUCK]\u001B[39m');
  });

  it('says that AWS does not answer instead of showing what is old as if it were new', () => {
    expect(lines({ now: at(8, 32) })).toHaveLength(2);
    expect(lines({ now: at(8, 33) })[2]).toBe('! AWS has not answered for 21 s');
  });

  it('takes a second line for a reason that is long', () => {
    const verdictReason = `15 new tasks have failed, the last one: Essential container in task exited ${'x'.repeat(80)}`;
    const lines79 = lines({ snapshot: snapshotFixture({ verdict: 'stuck', verdictReason }) });
    expect(lines79[2]).toBe('! 15 new tasks have failed, the last one: Essential container in task exited');
    expect(lines79[3]).toBe(`  ${'x'.repeat(76)}…`);
  });

  it('repeats what CodeDeploy says of a failure, and what else there is to know', () => {
    const lifecycle = [
      { name: 'Install', status: 'Failed', diagnostics: 'the task set did not stabilize' },
      { name: 'AllowTraffic', status: 'Skipped' },
    ];
    const notices = ['window overnight opens in 41 min'];
    expect(lines({ snapshot: snapshotFixture({ lifecycle }), notices }).slice(2)).toEqual([
      '! Install: the task set did not stabilize',
      '! window overnight opens in 41 min',
    ]);
  });

  it('expects no end of a rollback, and nothing more of what has ended', () => {
    expect(lines({ snapshot: snapshotFixture({ phase: 'rolling-back' }) })[1]).toBe(
      'ROLLING BACK to the former version  8 min 14 s                        [on time]',
    );
    expect(lines({ snapshot: snapshotFixture({ phase: 'ended', verdict: 'stuck' }) })[1]).toBe('ended  8 min 14 s');
  });

  it('does not know what runs before there are task sets', () => {
    expect(lines({ snapshot: snapshotFixture({ phase: 'created', taskSets: [] }) })).toEqual([
      'release of prod: ? -> ?                               d-8QZ4K1P2N  02:08:14 UTC',
      'waiting for CodeDeploy  8 min 14 s of about 43 min                    [on time]',
    ]);
  });
});
