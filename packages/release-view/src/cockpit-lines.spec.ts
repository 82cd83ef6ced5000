import { paint, type TextLine } from '@nightshift/console';
import type { LifecycleEvent, Phase } from '@nightshift/release';
import { createColors } from 'picocolors';
import {
  endLine,
  repeatedStops,
  serviceEventLines,
  serviceEventText,
  stepLine,
  stoppedTaskLines,
  trafficBar,
} from './cockpit-lines';
import { at, snapshotFixture } from './testing/snapshot-fixture';

const text = (line: TextLine) => paint(line, 200, createColors(false));

const started = (...names: string[]): LifecycleEvent[] =>
  names.map((name) => ({ name, status: 'Succeeded', startedAt: at(1) }));

describe('the steps', () => {
  it.each<[Phase, string]>([
    ['created', '[ ] start tasks  [ ] test  [ ] shift  [ ] termination wait  [ ] stop old tasks'],
    ['installing', '[>] start tasks  [ ] test  [ ] shift  [ ] termination wait  [ ] stop old tasks'],
    ['testing', '[x] start tasks  [>] test  [ ] shift  [ ] termination wait  [ ] stop old tasks'],
    ['baking', '[x] start tasks  [x] test  [x] shift  [>] termination wait  [ ] stop old tasks'],
    ['terminating', '[x] start tasks  [x] test  [x] shift  [x] termination wait  [>] stop old tasks'],
    ['ended', '[x] start tasks  [x] test  [x] shift  [x] termination wait  [x] stop old tasks'],
  ])('%s', (phase, line) => {
    const status = phase === 'ended' ? 'Succeeded' : 'InProgress';
    expect(text(stepLine(snapshotFixture({ phase, status })))).toBe(line);
  });

  it.each([
    [started('Install'), '[!] start tasks  [ ] test  [ ] shift  [ ] termination wait  [ ] stop old tasks'],
    [started('AllowTestTraffic'), '[x] start tasks  [!] test  [ ] shift  [ ] termination wait  [ ] stop old tasks'],
    [started('AllowTraffic'), '[x] start tasks  [x] test  [!] shift  [ ] termination wait  [ ] stop old tasks'],
    [
      [{ name: 'AllowTraffic', status: 'Pending' }],
      '[!] start tasks  [ ] test  [ ] shift  [ ] termination wait  [ ] stop old tasks',
    ],
  ])('of a rollback show the progress of the release before it', (lifecycle, line) => {
    expect(text(stepLine(snapshotFixture({ phase: 'rolling-back', lifecycle })))).toBe(line);
  });

  it.each<[Phase, string]>([
    ['installing', '[>] start tasks  [-] test  [ ] shift  [ ] termination wait  [ ] stop old tasks'],
    ['shifting', '[x] start tasks  [-] test  [>] shift  [ ] termination wait  [ ] stop old tasks'],
    ['ended', '[x] start tasks  [-] test  [x] shift  [x] termination wait  [x] stop old tasks'],
  ])('do not tick a test that is skipped: %s', (phase, line) => {
    const status = phase === 'ended' ? 'Succeeded' : 'InProgress';
    const snapshot = snapshotFixture({ phase, status, verification: 'not-verified' });
    expect(text(stepLine(snapshot))).toBe(line);
    expect(line.length).toBeLessThan(80);
  });

  it('of a stopped release do not tick phases that never happened', () => {
    const lifecycle = [{ name: 'AllowTraffic', status: 'Skipped', startedAt: at(3) }];
    expect(text(stepLine(snapshotFixture({ phase: 'ended', status: 'Stopped', lifecycle })))).toBe(
      '[x] start tasks  [x] test  [!] shift  [ ] termination wait  [ ] stop old tasks',
    );
  });

  it('of a failed release show where it failed', () => {
    const lifecycle = [{ name: 'Install', status: 'Failed', startedAt: at(1) }];
    expect(text(stepLine(snapshotFixture({ phase: 'ended', status: 'Failed', lifecycle })))).toBe(
      '[!] start tasks  [ ] test  [ ] shift  [ ] termination wait  [ ] stop old tasks',
    );
  });
});

describe('the progress bar', () => {
  it.each([
    [0, 'traffic on new tasks  ░░░░░░░░░░    0 %'],
    [10, 'traffic on new tasks  █░░░░░░░░░   10 %'],
    [100, 'traffic on new tasks  ██████████  100 %'],
  ])('at %i %%', (shiftedPercent, line) => {
    const progress = { shiftedPercent, expectedEnd: at(43), deadline: at(115) };
    expect(text(trafficBar(snapshotFixture({ progress }), 39))).toBe(line);
  });

  it('has a minimum and a maximum width', () => {
    expect(text(trafficBar(snapshotFixture(), 10))).toBe('traffic on new tasks  █   60 %');
    expect(text(trafficBar(snapshotFixture(), 300))).toHaveLength(109);
  });
});

describe('the end', () => {
  const progress = {
    shiftedPercent: 60,
    expectedEnd: at(43),
    shiftEnds: at(12, 2),
    terminationEnds: at(42, 2),
    deadline: at(115),
  };
  const bare = { shiftedPercent: 0, expectedEnd: at(43), deadline: at(115) };

  it.each<[Phase, typeof progress | typeof bare, string]>([
    ['installing', bare, 'ends about 02:43:00, by 03:55:00 at the latest'],
    ['shifting', progress, 'all traffic moved by 02:12:02, ends about 02:43:00, by 03:55:00 at the latest'],
    ['shifting', bare, 'ends about 02:43:00, by 03:55:00 at the latest'],
    ['baking', progress, 'old tasks stop 02:42:02, ends about 02:43:00, by 03:55:00 at the latest'],
    ['baking', bare, 'ends about 02:43:00, by 03:55:00 at the latest'],
    ['rolling-back', progress, 'ends by 03:55:00'],
    ['ended', progress, ''],
  ])('%s', (phase, given, line) => {
    expect(text(endLine(snapshotFixture({ phase, progress: given })))).toBe(line);
  });
});

describe('events of ECS', () => {
  it.each([
    ['(service ecs-service-prod) has reached a steady state.', 'has reached a steady state.'],
    [
      '(service ecs-service-prod) has started 1 tasks: (task 85c462cacb37409fac5dcef5308dc50c).',
      'has started 1 tasks: (task 85c462ca).',
    ],
    [
      '(service s) registered 1 targets in (target-group arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/tg-green-prod/f7cec1d11aa3fc6b)',
      'registered 1 targets in (target-group tg-green-prod)',
    ],
  ])('omit parts without information: %s', (text, shown) => {
    expect(serviceEventText(text)).toBe(shown);
  });
});

describe('events of the service', () => {
  it('are merged if they are equal, with the time of the last one', () => {
    const event = (minutes: number, said: string) => ({
      time: at(minutes),
      text: `(service ecs-service-prod) ${said}`,
    });
    const unplaced = 'was unable to place a task. Reason: Capacity is unavailable at this time.';
    const events = [event(1, unplaced), event(2, 'has started 1 tasks'), event(3, unplaced), event(4, unplaced)];
    expect(serviceEventLines(events, 5).map(text)).toEqual([
      '02:02:00 has started 1 tasks',
      `02:04:00 3 × ${unplaced}`,
    ]);
    expect(serviceEventLines(events, 1).map(text)).toEqual([`02:04:00 3 × ${unplaced}`]);
    const started = (digit: string) => `has started 1 tasks: (task ${digit.repeat(32)}).`;
    expect(serviceEventLines([event(1, started('a')), event(2, started('b'))], 5).map(text)).toEqual([
      '02:02:00 2 × has started 1 tasks: (task bbbbbbbb).',
    ]);
  });
});

const task = {
  id: '3f2a1b00cafe',
  version: '9a01b7c',
  stoppedAt: at(4),
  reason: 'OutOfMemoryError: Container killed due to memory usage',
  exitCode: 137,
  logLines: ['one', 'two', '\u001B[31mthree'],
};

const lines = (logLines: number) =>
  stoppedTaskLines({ task, count: 1 }, logLines).map((line) => paint(line, 120, createColors(false)));

describe('a stopped task', () => {
  it('has time, version, reason and its last log lines', () => {
    expect(lines(2)).toEqual([
      '02:04:00 task 3f2a1b00 of 9a01b7c stopped, exit code 137: OutOfMemoryError: Container killed due to memory usage',
      '  | two',
      '  | three',
    ]);
  });

  it('is merged with others of the same version and reason, with the last log lines of the newest', () => {
    const crashed = { ...task, id: '77e0aa11cafe', reason: 'Essential container in task exited', exitCode: 1 };
    const again = { ...crashed, id: '9c04d1aacafe', stoppedAt: at(5), logLines: ['no password'] };
    const stops = repeatedStops([crashed, task, again]);
    expect(stops.map(({ count }) => count)).toEqual([1, 2]);
    expect(stops.flatMap((stop) => stoppedTaskLines(stop, 1)).map(text)).toEqual([
      '02:04:00 task 3f2a1b00 of 9a01b7c stopped, exit code 137: OutOfMemoryError: Container killed due to memory usage',
      '  | three',
      '02:05:00 2 × task 9c04d1aa of 9a01b7c stopped, exit code 1: Essential container in task exited',
      '  | no password',
    ]);
  });

  it('can have no log and no exit code', () => {
    const { id, version, stoppedAt, logLines } = task;
    const killed = { id, version, stoppedAt, logLines, reason: 'Your Spot Task was interrupted.' };
    expect(stoppedTaskLines({ task: killed, count: 1 }, 0).map(text)).toEqual([
      '02:04:00 task 3f2a1b00 of 9a01b7c stopped: Your Spot Task was interrupted.',
    ]);
  });
});
