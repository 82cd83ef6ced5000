import { paint } from '@nightshift/console';
import { createColors } from 'picocolors';
import { cockpit, type CockpitView, headline } from './cockpit';
import { at, gateFixture, greenFixture, snapshotFixture, taskSetFixture } from './testing/snapshot-fixture';

const hint = 'Ctrl-C: detach or stop';

const view = (changes: Partial<CockpitView> = {}): CockpitView => ({
  suffix: 'prod',
  kind: 'release',
  snapshot: snapshotFixture(),
  now: at(8, 14),
  notices: [],
  hint,
  ...changes,
});

const shown = (one: CockpitView, columns: number, rows: number): string[] =>
  cockpit(one, { columns, rows }).map((line) => paint(line, columns, createColors(false)));

const task = (minute: number) => ({
  id: `${String(minute)}f2a1b00cafe`,
  version: '9a01b7c',
  stoppedAt: at(minute),
  reason: 'Essential container in task exited',
  exitCode: 1,
  logLines: ['starting', '\u001B[31mcannot read\u001B[0m\nthe password'],
});

const broken = view({
  snapshot: snapshotFixture({
    phase: 'installing',
    verdict: 'stuck',
    verdictReason: '4 tasks of 9a01b7c have stopped, none has become healthy',
    taskSets: [
      taskSetFixture({ trafficPercent: 100 }),
      greenFixture({ trafficPercent: 0, running: 0, pending: 3, failed: 4, healthy: 0, spot: 0, onDemand: 0 }),
    ],
    progress: { shiftedPercent: 0, expectedEnd: at(43), deadline: at(115) },
    stoppedTasks: [1, 2, 3, 4].map(task),
    alarms: [gateFixture({ state: 'ALARM', latest: 14, reason: '3 datapoints were greater' })],
  }),
});

describe('the cockpit', () => {
  it('fits all information on 80 columns and 24 rows (R10.5)', () => {
    expect(shown(view(), 79, 23)).toEqual([
      'release of prod: 4f1c2e9 -> 9a01b7c                   d-8QZ4K1P2N  02:08:14 UTC',
      'shifting traffic  8 min 14 s of about 43 min                          [on time]',
      '',
      '[x] start tasks  [x] test  [>] shift  [ ] termination wait  [ ] stop old tasks',
      'traffic on new tasks  ██████████████████████████████░░░░░░░░░░░░░░░░░░░░   60 %',
      'all traffic moved by 02:12:02, ends about 02:43:00, by 03:55:00 at the latest',
      '',
      '               version traffic running pending failed healthy unhealthy Spot',
      'current (blue) 4f1c2e9    40 %     3/3       0      0       3         0  2/3',
      'new (green)    9a01b7c    60 %     3/3       0      0       3         0  2/3',
      '',
      'Gates',
      '[OK] alarm-gate-5xx-prod                    0  alarm at > 10',
      '[OK] alarm-gate-latency-prod          0.214 s  alarm at > 1 s',
      '[OK] alarm-gate-unhealthy-blue-prod         0  alarm at > 0',
      '[OK] alarm-gate-unhealthy-green-prod        0  alarm at > 0',
      '',
      'Events',
      '02:00:20 has started 3 tasks: (task 3f2a1b) (task 9c04d1) (task 77e0aa).',
      '02:02:10 registered 3 targets in (target-group target-group-green-prod)',
      '02:02:40 has reached a steady state.',
      '',
      hint,
    ]);
  });

  it('omits space and old events on 16 rows, but no state', () => {
    expect(shown(view(), 79, 15)).toEqual([
      'release of prod: 4f1c2e9 -> 9a01b7c                   d-8QZ4K1P2N  02:08:14 UTC',
      'shifting traffic  8 min 14 s of about 43 min                          [on time]',
      '[x] start tasks  [x] test  [>] shift  [ ] termination wait  [ ] stop old tasks',
      'traffic on new tasks  ██████████████████████████████░░░░░░░░░░░░░░░░░░░░   60 %',
      'all traffic moved by 02:12:02, ends about 02:43:00, by 03:55:00 at the latest',
      '               version traffic running pending failed healthy unhealthy Spot',
      'current (blue) 4f1c2e9    40 %     3/3       0      0       3         0  2/3',
      'new (green)    9a01b7c    60 %     3/3       0      0       3         0  2/3',
      '[OK] alarm-gate-5xx-prod                    0  alarm at > 10',
      '[OK] alarm-gate-latency-prod          0.214 s  alarm at > 1 s',
      '[OK] alarm-gate-unhealthy-blue-prod         0  alarm at > 0',
      '[OK] alarm-gate-unhealthy-green-prod        0  alarm at > 0',
      '02:02:10 registered 3 targets in (target-group target-group-green-prod)',
      '02:02:40 has reached a steady state.',
      hint,
    ]);
  });

  it('shows why tasks stop, with their last log lines', () => {
    expect(shown(broken, 79, 15)).toEqual([
      'release of prod: 4f1c2e9 -> 9a01b7c                   d-8QZ4K1P2N  02:08:14 UTC',
      'starting the new tasks  8 min 14 s of about 43 min                      [STUCK]',
      '! 4 tasks of 9a01b7c have stopped, none has become healthy',
      '[>] start tasks  [ ] test  [ ] shift  [ ] termination wait  [ ] stop old tasks',
      'traffic on new tasks  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░    0 %',
      'ends about 02:43:00, by 03:55:00 at the latest',
      '               version traffic running pending failed healthy unhealthy Spot',
      'current (blue) 4f1c2e9   100 %     3/3       0      0       3         0  2/3',
      'new (green)    9a01b7c     0 %     0/3       3      4       0         0  0/0',
      '[ALARM] alarm-gate-5xx-prod 14',
      '02:04:00 4 × task 4f2a1b00 of 9a01b7c stopped, exit code 1: Essential containe…',
      '  | starting',
      '  | cannot read the password',
      '02:02:40 has reached a steady state.',
      hint,
    ]);
  });

  it('shows more details on a larger terminal', () => {
    const lines = shown(broken, 119, 40);
    expect(lines.slice(8, 11)).toEqual([
      '               version task definition  traffic running pending failed healthy unhealthy draining Spot',
      'current (blue) 4f1c2e9 ecs-task-prod:12   100 %     3/3       0      0       3         0        0  2/3',
      'new (green)    9a01b7c ecs-task-prod:13     0 %     0/3       3      4       0         0        0  0/0',
    ]);
    expect(lines.slice(12, 21)).toEqual([
      'Gates',
      '[ALARM] alarm-gate-5xx-prod  14  alarm at > 10',
      '  3 datapoints were greater',
      '',
      'Stopped tasks',
      '02:04:00 4 × task 4f2a1b00 of 9a01b7c stopped, exit code 1: Essential container in task exited',
      '  | starting',
      '  | cannot read the password',
      '',
    ]);
  });

  it('shows the newest of many stopped tasks, and the number of the others', () => {
    const stoppedTasks = [1, 2, 3, 4, 5].map((minute) => ({ ...task(minute), exitCode: minute }));
    const many = view({ snapshot: snapshotFixture({ phase: 'installing', stoppedTasks }) });
    const lines = shown(many, 119, 50);
    const start = lines.indexOf('Stopped tasks');
    expect(lines.slice(start + 1, start + 3)).toEqual([
      '… and 2 more',
      '02:03:00 task 3f2a1b00 of 9a01b7c stopped, exit code 3: Essential container in task exited',
    ]);
  });

  it.each([0, 1, 5, 8, 10, 12, 20, 50])('never uses more than %i rows', (rows) => {
    expect(cockpit(broken, { columns: 79, rows }).length).toBeLessThanOrEqual(rows);
  });

  it.each([10, 40, 60, 79, 200])('never uses more than %i columns', (columns) => {
    const widths = shown(broken, columns, 40).map(({ length }) => length);
    expect(Math.max(...widths)).toBeLessThanOrEqual(columns);
  });

  it('can be without hint, events, gates and expected end', () => {
    const snapshot = snapshotFixture({ phase: 'ended', status: 'Succeeded', events: [], alarms: [] });
    expect(shown(view({ snapshot, hint: undefined }), 79, 23).slice(1)).toEqual([
      'ended  8 min 14 s',
      '',
      '[x] start tasks  [x] test  [x] shift  [x] termination wait  [x] stop old tasks',
      'traffic on new tasks  ██████████████████████████████░░░░░░░░░░░░░░░░░░░░   60 %',
      '',
      '               version traffic running pending failed healthy unhealthy Spot',
      'current (blue) 4f1c2e9    40 %     3/3       0      0       3         0  2/3',
      'new (green)    9a01b7c    60 %     3/3       0      0       3         0  2/3',
    ]);
  });
});

const lines = (changes: Partial<CockpitView>, colours = createColors(false)) =>
  headline(
    { suffix: 'prod', kind: 'release', snapshot: snapshotFixture(), now: at(8, 14), notices: [], ...changes },
    79,
  ).map((line) => paint(line, 79, colours));

describe('the headline of the cockpit', () => {
  it('has the current step, its start and its usual duration', () => {
    expect(lines({ kind: 'rollback' })).toEqual([
      'rollback of prod: 4f1c2e9 -> 9a01b7c                  d-8QZ4K1P2N  02:08:14 UTC',
      'shifting traffic  8 min 14 s of about 43 min                          [on time]',
    ]);
  });

  it('distinguishes slow from stuck by text, not only by colour', () => {
    const slow = snapshotFixture({ verdict: 'slow', verdictReason: 'Spot capacity\nis short' });
    expect(lines({ snapshot: slow }).slice(1)).toEqual([
      'shifting traffic  8 min 14 s of about 43 min                             [SLOW]',
      '! Spot capacity is short',
    ]);
    const stuck = snapshotFixture({ verdict: 'stuck' });
    expect(lines({ snapshot: stuck })[1]).toMatch(/ \[STUCK\]$/);
    expect(lines({ snapshot: stuck }, createColors(true))[1]).toContain('\u001B[31m[STUCK]\u001B[39m');
  });

  it('reports that AWS does not respond instead of showing old data as current', () => {
    expect(lines({ now: at(8, 32) })).toHaveLength(2);
    expect(lines({ now: at(8, 33) })[2]).toBe('! AWS has not responded for 21 s');
  });

  it('uses a second line for a long reason', () => {
    const verdictReason = `15 new tasks have failed, the last one: Essential container in task exited ${'x'.repeat(80)}`;
    const lines79 = lines({ snapshot: snapshotFixture({ verdict: 'stuck', verdictReason }) });
    expect(lines79[2]).toBe('! 15 new tasks have failed, the last one: Essential container in task exited');
    expect(lines79[3]).toBe(`  ${'x'.repeat(76)}…`);
  });

  it("repeats CodeDeploy's message of a failure, and other known causes", () => {
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

  it('has no expected end of a rollback, and none after the end', () => {
    expect(lines({ snapshot: snapshotFixture({ phase: 'rolling-back' }) })[1]).toBe(
      'ROLLING BACK to the previous version  8 min 14 s                      [on time]',
    );
    expect(lines({ snapshot: snapshotFixture({ phase: 'ended', verdict: 'stuck' }) })[1]).toBe('ended  8 min 14 s');
  });

  it('omits the versions before there are task sets', () => {
    expect(lines({ snapshot: snapshotFixture({ phase: 'created', taskSets: [] }) })).toEqual([
      'release of prod: ? -> ?                               d-8QZ4K1P2N  02:08:14 UTC',
      'waiting for CodeDeploy  8 min 14 s of about 43 min                    [on time]',
    ]);
  });
});
