import { FakeTerminal } from '@nightshift/console/testing';
import { environmentFixture } from '@nightshift/testing/environment';
import { viewFor, type ViewProps, windowNotices } from './release-view';
import { at, gateFixture, greenFixture, snapshotFixture, taskSetFixture } from './testing/snapshot-fixture';

/** Of the live area. */
const CLEARING = /\u001B\[(?:\?2026[hl]|K|J)|\r\u001B\[\d+A/g;

function setUp({ watched = false, json = false, notices = [] as string[] } = {}) {
  const effects = Object.assign(new FakeTerminal(), { watched });
  const props: ViewProps = { suffix: 'prod', kind: 'release', notices: () => notices };
  const view = viewFor(props, effects, json);
  const printed = () => {
    const lines = effects.printed.stdout.replace(CLEARING, '').split('\n').slice(0, -1);
    effects.printed.stdout = '';
    return lines;
  };
  return { effects, view, printed };
}

const installing = snapshotFixture({
  time: at(1),
  phase: 'installing',
  events: [],
  taskSets: [taskSetFixture({ trafficPercent: 100 })],
  progress: { shiftedPercent: 0, expectedEnd: at(43), deadline: at(115) },
});

const task = {
  id: '3f2a1b00cafe',
  version: '9a01b7c',
  stoppedAt: at(1, 30),
  reason: 'Essential container in task exited',
  exitCode: 1,
  logLines: ['starting', '\u001B[31mno password'],
};

const failing = { ...installing, time: at(2), stoppedTasks: [task] };

describe('a release on a terminal', () => {
  it('is the cockpit, with past events above', () => {
    const { view, printed } = setUp({ watched: true });
    view.hint('Ctrl-C: detach or stop');
    expect(printed()).toEqual(['Ctrl-C: detach or stop']);
    view.snapshot(installing);
    const first = printed();
    expect(first.slice(0, 3)).toEqual([
      '02:01:00 starting the new tasks (InProgress)',
      'release of prod: 4f1c2e9 -> ?                         d-8QZ4K1P2N  00:00:00 UTC',
      expect.stringMatching(/^starting the new tasks/),
    ]);
    expect(first.at(-1)).toBe('Ctrl-C: detach or stop');
    view.snapshot(failing);
    expect(printed()[0]).toBe(
      '02:01:30 task 3f2a1b00 of 9a01b7c stopped, exit code 1: Essential container in task exited',
    );
    view.snapshot({ ...failing, stoppedTasks: [task, { ...task, id: '9c04d1aacafe', stoppedAt: at(1, 50) }] });
    expect(printed().filter((line) => line.includes('stopped'))).toEqual([
      '02:01:50 2 × task 9c04d1aa of 9a01b7c stopped, exit code 1: Essential containe…',
    ]);
  });

  it('has a running clock', () => {
    const { effects, view, printed } = setUp({ watched: true });
    view.snapshot(installing);
    printed();
    effects.advance(1000);
    expect(printed()[0]).toContain('00:00:01 UTC');
  });

  it('adapts to the current size of the terminal', () => {
    const { effects, view, printed } = setUp({ watched: true });
    Object.assign(effects, { columns: 60, rows: 10 });
    view.snapshot(snapshotFixture());
    const [, ...lines] = printed();
    expect(lines.length).toBeLessThanOrEqual(9);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(60);
    Object.assign(effects, { columns: 300, rows: 60 });
    effects.advance(1000);
    expect(printed()[0]).toHaveLength(120);
  });

  it('leaves the last cockpit and the result', () => {
    const { effects, view, printed } = setUp({ watched: true });
    effects.advance(2000);
    expect(printed()).toEqual([]);
    view.hint('Ctrl-C: …');
    view.snapshot(installing);
    printed();
    view.note('stopping');
    expect(printed()[0]).toBe('stopping');
    view.end();
    const last = printed();
    expect(last[0]).toContain('release of prod');
    expect(last.at(-1)).not.toContain('Ctrl-C');
    effects.advance(5000);
    expect(printed()).toEqual([]);
    expect(effects.listening).toBe(0);
  });
});

describe('a release in a log', () => {
  it('is one line per event, with the last log line of a task', () => {
    const { view, printed } = setUp({ notices: ['window overnight opens in 41 min'] });
    view.hint('is not for logs');
    view.snapshot(installing);
    view.snapshot(failing);
    const second = { ...task, id: '9c04d1aacafe', stoppedAt: at(1, 50) };
    view.snapshot({ ...failing, stoppedTasks: [task, second] });
    view.note('stopping');
    view.end();
    expect(printed()).toEqual([
      '00:00:00 window overnight opens in 41 min',
      '02:01:00 starting the new tasks (InProgress)',
      '02:01:00 current (blue) 4f1c2e9: 3 running, 3 desired, 3 healthy',
      '02:01:30 task 3f2a1b00 of 9a01b7c stopped, exit code 1: Essential container in task exited',
      '           | starting',
      '           | no password',
      '00:00:00 stopping',
      '02:01:50 2 × task 9c04d1aa of 9a01b7c stopped, exit code 1: Essential container in task exited',
    ]);
  });

  it('has a repeated service event once, and the number of repetitions each minute', () => {
    const { effects, view, printed } = setUp();
    const event = (minute: number, text: string) => ({ time: at(minute), text: `(service ecs-service-prod) ${text}` });
    const steady = event(1, 'has reached a steady state.');
    const events = [steady, ...[2, 3, 4].map((minute) => event(minute, 'was unable to place a task.'))];
    const at4 = { ...installing, taskSets: [], events };
    view.snapshot({ ...at4, events: events.slice(0, 2) });
    view.snapshot(at4);
    expect(printed().slice(1)).toEqual([
      '02:01:00 service: has reached a steady state.',
      '02:02:00 service: was unable to place a task.',
    ]);
    effects.advance(60_000);
    expect(printed()).toEqual(['02:04:00 3 × service: was unable to place a task.']);
    const more = [event(5, 'was unable to place a task.'), event(6, 'has reached a steady state.')];
    view.snapshot({ ...at4, events: [...events, ...more] });
    expect(printed()).toEqual([]);
    view.end();
    expect(printed()).toEqual([
      '02:05:00 4 × service: was unable to place a task.',
      '02:06:00 2 × service: has reached a steady state.',
    ]);
  });

  it('prints a line after a minute without events', () => {
    const { effects, view, printed } = setUp();
    effects.advance(60_000);
    expect(printed()).toEqual([]);
    view.snapshot({ ...installing, startedAt: new Date(effects.now().getTime() - 20_000) });
    printed();
    effects.advance(30_000);
    view.note('half a minute');
    printed();
    effects.advance(30_000);
    expect(printed()).toEqual([]);
    effects.advance(60_000);
    expect(printed()).toEqual([
      expect.stringMatching(/^00:03:00 … starting the new tasks, 0 % on new tasks, 2 min 20 s of about /),
    ]);
    view.end();
    expect(effects.listening).toBe(0);
  });
});

describe('a release with --json', () => {
  it('is one JSON object per line, in the published schema', () => {
    const { view, printed } = setUp({ json: true, notices: ['window overnight opens in 41 min'] });
    const lifecycle = [{ name: 'Install', status: 'Failed', diagnostics: 'did not stabilize' }];
    view.hint('is not for programs');
    view.snapshot(installing);
    view.snapshot({ ...failing, lifecycle, alarms: [gateFixture({ state: 'ALARM' })] });
    view.snapshot({ ...snapshotFixture(), verdict: 'slow', taskSets: [taskSetFixture(), greenFixture()] });
    view.note('stopping');
    view.end();
    const lines = printed().map((line) => JSON.parse(line) as { readonly type: string });
    expect(lines.map(({ type }) => type)).toEqual([
      'note',
      'phase',
      'tasks',
      'snapshot',
      'task-stopped',
      'lifecycle',
      'gate',
      'snapshot',
      'service',
      'service',
      'service',
      'phase',
      'tasks',
      'traffic',
      'gate',
      'verdict',
      'snapshot',
      'note',
    ]);
    expect(lines[1]).toEqual({
      type: 'phase',
      time: '2026-11-24T02:01:00.000Z',
      text: 'starting the new tasks (InProgress)',
      phase: 'installing',
      status: 'InProgress',
    });
  });

  it('repeats nothing if only time has passed', () => {
    const { view, printed } = setUp({ json: true });
    view.snapshot(installing);
    printed();
    view.snapshot({ ...installing, time: at(3) });
    expect(printed()).toEqual([]);
  });
});

describe('the window notice during a release', () => {
  const environment = (from = '02:30') =>
    environmentFixture({
      file: {
        processingWindows: [{ name: 'overnight', days: ['tuesday'], from, to: '06:00', timeZone: 'Europe/London' }],
      },
    });

  it('shows when the next window opens, and how long the release still needs', async () => {
    const notices = await windowNotices(environment());
    expect(notices(at(8), snapshotFixture())).toEqual([
      'window overnight opens in 22 min (Tue 02:30 Europe/London): the release needs 35 min more',
    ]);
    expect(notices(at(8))).toEqual(['window overnight opens in 22 min (Tue 02:30 Europe/London)']);
    expect(notices(at(60), snapshotFixture({ phase: 'ended' }))).toEqual([
      'window overnight is open until Tue 06:00 Europe/London (in 3 h 0 min)',
    ]);
  });

  it('is undefined if no window opens soon', async () => {
    expect((await windowNotices(environment('23:30')))(at(0))).toEqual([]);
    expect((await windowNotices(environmentFixture()))(at(0))).toEqual([]);
  });
});
