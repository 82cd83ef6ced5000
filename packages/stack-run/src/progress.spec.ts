import { LiveLines } from '@nightshift/files';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';
import { jsonProgress, lineProgress, progressFor } from './progress';
import { FakeRunEffects } from './testing/fake-effects';
import { fakeStack } from './testing/fake-stack';

function noted(effects: FakeRunEffects, json: boolean): string {
  progressFor(fakeStack, effects, json).note('hello');
  return effects.printed.stdout;
}

describe('progressFor', () => {
  it('is JSON with --json', () => {
    expect(JSON.parse(noted(new FakeRunEffects(), true))).toMatchObject({ type: 'note', text: 'hello' });
  });

  it('is a live view at a terminal', () => {
    const effects = new FakeRunEffects();
    effects.watched = true;
    expect(noted(effects, false)).toBe('\u001B[?2026hhello\u001B[K\n\u001B[J\u001B[?2026l');
  });

  it('is a log otherwise', () => {
    expect(noted(new FakeRunEffects(), false)).toBe('network        hello\n');
  });
});

function setUp() {
  const effects = new FakeRunEffects();
  const progress = lineProgress(fakeStack, effects);
  const start = (address: string) => {
    progress.event({ type: 'resource', status: 'start', address, action: 'create', elapsedSeconds: 0 });
  };
  return { effects, progress, start };
}

describe('progress in a log', () => {
  it('is one line per event, after the name of the stack', () => {
    const { effects, progress, start } = setUp();
    start('aws_vpc.Vpc_1A');
    effects.advance(10_100);
    progress.event({
      type: 'resource',
      status: 'done',
      address: 'aws_vpc.Vpc_1A',
      action: 'create',
      elapsedSeconds: 10,
    });
    progress.note('hello');
    expect(effects.printed.stdout).toBe('network        + Vpc  aws_vpc  10.1 s\nnetwork        hello\n');
  });

  it('counts the changes of the plan', () => {
    const { effects, progress } = setUp();
    const done = (action: 'create' | 'delete' | 'refresh') => {
      progress.event({ type: 'resource', status: 'done', address: 'aws_vpc.Vpc_1A', action, elapsedSeconds: 0 });
    };
    progress.event({ type: 'summary', operation: 'plan', add: 8, change: 1, remove: 2 });
    done('refresh');
    done('delete');
    done('create');
    progress.event({ type: 'summary', operation: 'apply', add: 1, change: 0, remove: 1 });
    expect(effects.printed.stdout.split('\n')).toEqual([
      'network         1/11 - Vpc  aws_vpc  0.0 s',
      'network         2/11 + Vpc  aws_vpc  0.0 s',
      '',
    ]);
  });

  it('shows long changes every 15 seconds', () => {
    const { effects, start } = setUp();
    effects.advance(14_000);
    start('aws_vpc.Vpc_1A');
    effects.advance(30_000);
    expect(effects.printed.stdout).toBe('network        … Vpc  aws_vpc  creating 16 s\n');
  });

  it('shows at most five of them', () => {
    const { effects, start } = setUp();
    ['A', 'B', 'C', 'D', 'E', 'F', 'G'].forEach((name) => {
      start(`aws_vpc.${name}`);
    });
    effects.advance(15_000);
    expect(effects.printed.stdout.split('\n').slice(4)).toEqual([
      'network        … aws_vpc.E  creating 15 s',
      'network        … and 2 more',
      '',
    ]);
  });

  it('shows the phase while no resource changes', () => {
    const { effects, progress } = setUp();
    progress.event({ type: 'phase', phase: 'plan' });
    effects.advance(75_000);
    expect(effects.printed.stdout.split('\n')).toEqual([
      'network        … planning 15 s',
      'network        … planning 30 s',
      'network        … planning 45 s',
      'network        … planning 1 min 00 s',
      'network        … planning 1 min 15 s',
      '',
    ]);
  });

  it('prints nothing after the end, and before the start', () => {
    const { effects, progress } = setUp();
    effects.advance(15_000);
    progress.event({ type: 'phase', phase: 'plan' });
    progress.end();
    effects.advance(60_000);
    expect(effects.printed.stdout).toBe('');
    expect(effects.listening).toBe(0);
  });
});

describe('progress in an Nx run at a terminal', () => {
  const directory = temporaryDirectory();

  function setUp(columns = '44') {
    const effects = new FakeRunEffects();
    effects.env = { NIGHTSHIFT_LIVE: directory(), NIGHTSHIFT_COLUMNS: columns };
    const progress = progressFor(fakeStack, effects, false);
    const resource = (status: 'start' | 'done', address: string) => {
      progress.event({ type: 'resource', status, address, action: 'create', elapsedSeconds: 0 });
    };
    const reported = () => {
      effects.advance(200);
      return new LiveLines(directory()).read().map(({ text, since }) => [text, effects.now().getTime() - since]);
    };
    return { effects, progress, resource, reported };
  }

  it('reports the current work to the process of Nx', () => {
    const { progress, resource, reported } = setUp('80');
    expect(reported()).toEqual([['network        starting', 0]]);
    progress.event({ type: 'phase', phase: 'plan' });
    expect(reported()).toEqual([['network        planning', 200]]);
    expect(reported()).toEqual([['network        planning', 400]]);
    resource('start', 'aws_vpc.Vpc_1A');
    expect(reported()).toEqual([['network        + Vpc  aws_vpc  creating', 200]]);
    progress.event({ type: 'summary', operation: 'plan', add: 51, change: 0, remove: 0 });
    resource('start', 'aws_subnet.A');
    resource('start', 'aws_subnet.B');
    expect(reported()).toEqual([['network         0/51 + Vpc  aws_vpc  creating and 2 more', 400]]);
    progress.hide()();
    progress.end();
    expect(reported()).toEqual([]);
  });

  it('shortens the name of a resource, not the number of the others', () => {
    const { progress, resource, reported } = setUp('58');
    resource('start', 'aws_cloudwatch_metric_alarm.Targets');
    resource('start', 'aws_subnet.A');
    expect(reported()).toEqual([['network        + aws_clo…  creating and 1 more', 200]]);
    progress.end();
  });

  it('reports immediately that a resource is done', () => {
    const { effects, progress, resource, reported } = setUp('80');
    progress.event({ type: 'phase', phase: 'apply' });
    resource('start', 'aws_subnet.A');
    expect(reported()).toEqual([['network        + aws_subnet.A  creating', 200]]);
    resource('done', 'aws_subnet.A');
    expect(effects.printed.stdout).toBe('network        + aws_subnet.A  0.2 s\n');
    expect(new LiveLines(directory()).read()).toMatchObject([{ text: 'network        comparing with AWS' }]);
    progress.end();
  });

  it('prints one line per event, no wider than the terminal, and no heartbeat', () => {
    const { effects, progress, resource } = setUp();
    resource('start', 'aws_cloudwatch_metric_alarm.Targets');
    effects.advance(61_000);
    resource('done', 'aws_cloudwatch_metric_alarm.Targets');
    progress.note('hello');
    expect(effects.printed.stdout).toBe('network        + aws_cloudwatch…  1 min 01 s\nnetwork        hello\n');
    progress.end();
    expect(effects.listening).toBe(0);
  });
});

describe('progress as JSON', () => {
  it('is one object per line, with stack, time and construct path', () => {
    const effects = new FakeRunEffects();
    const progress = jsonProgress(fakeStack, effects);
    progress.event({ type: 'phase', phase: 'apply' });
    effects.advance(1500);
    progress.event({ type: 'planned', address: 'aws_vpc.Vpc_1A', action: 'create' });
    progress.event({ type: 'planned', address: 'aws_vpc.Gone', action: 'delete' });
    progress.hide()();
    progress.note('stopping');
    // A question hides nothing here.
    progress.hide()();
    progress.end();
    const lines = effects.printed.stdout.split('\n').filter(Boolean);
    const stack = 'network';
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      { type: 'phase', phase: 'apply', stack, time: '2025-01-01T00:00:00.000Z' },
      {
        type: 'planned',
        address: 'aws_vpc.Vpc_1A',
        action: 'create',
        stack,
        constructPath: 'network/Vpc/Resource',
        time: '2025-01-01T00:00:01.500Z',
      },
      { type: 'planned', address: 'aws_vpc.Gone', action: 'delete', stack, time: '2025-01-01T00:00:01.500Z' },
      { type: 'note', text: 'stopping', stack, time: '2025-01-01T00:00:01.500Z' },
    ]);
  });
});
