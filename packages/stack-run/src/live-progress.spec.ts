import type { ResourceEvent } from '@nightshift/terraform';
import { liveProgress, WorkInProgress } from './live-progress';
import { FakeRunEffects } from './testing/fake-effects';
import { fakeStack } from './testing/fake-stack';

describe('progress on a terminal', () => {
  /** The escape codes of the live area, which have their own spec. */
  const CLEARING = /\u001B\[(?:\?2026[hl]|K|J)/g;

  const clear = (lines: number) => `\r\u001B[${String(lines)}A`;

  function setUp() {
    const effects = new FakeRunEffects();
    const progress = liveProgress(fakeStack, effects);
    const printed = () => {
      const text = effects.printed.stdout.replace(CLEARING, '');
      effects.printed.stdout = '';
      return text;
    };
    const resource = (status: 'start' | 'done', address: string) => {
      progress.event({ type: 'resource', status, address, action: 'create', elapsedSeconds: 0 });
    };
    return { effects, progress, printed, resource };
  }

  it('shows the phase with its seconds until Terraform changes a resource', () => {
    const { effects, progress, printed, resource } = setUp();
    progress.event({ type: 'phase', phase: 'plan' });
    effects.advance(200);
    expect(printed()).toBe('  network: planning 0.2 s\n');
    resource('start', 'aws_vpc.Vpc_1A');
    effects.advance(200);
    expect(printed()).toBe(`${clear(1)}  + Vpc  aws_vpc  creating 0.2 s\n`);
  });

  it('prints a line for a finished resource above the current ones', () => {
    const { effects, printed, resource } = setUp();
    resource('start', 'aws_vpc.Vpc_1A');
    resource('start', 'aws_subnet.B');
    effects.advance(200);
    printed();
    resource('done', 'aws_vpc.Vpc_1A');
    expect(printed()).toBe(`${clear(2)}+ Vpc  aws_vpc  0.2 s\n  + aws_subnet.B  creating 0.2 s\n`);
  });

  it('prints notes above', () => {
    const { progress, printed } = setUp();
    progress.note('stopping');
    expect(printed()).toBe('stopping\n');
  });

  it('cuts lines to the width of the terminal, so that they can be removed', () => {
    const { effects, progress, printed, resource } = setUp();
    effects.columns = 30;
    progress.event({ type: 'phase', phase: 'init' });
    effects.advance(200);
    expect(printed()).toBe('  network: connecting … 0.2 s\n');
    resource('start', 'aws_vpc.Vpc_1A');
    effects.advance(200);
    const [line = ''] = printed().replace(clear(1), '').split('\n');
    expect(line).toBe('  + Vpc  aws_vpc  crea… 0.2 s');
    expect(line.length).toBeLessThan(30);
    progress.event({ type: 'summary', operation: 'plan', add: 118, change: 0, remove: 0 });
    effects.columns = 24;
    resource('done', 'aws_vpc.Vpc_1A');
    expect(printed().split('\n')[0]).toBe(`${clear(2)}  1/118 + Vpc  a…  0.2 s`);
  });

  it('shows no more than twelve lines', () => {
    const { effects, printed, resource } = setUp();
    for (let index = 0; index < 14; index += 1) resource('start', `aws_subnet.S${String(index)}`);
    effects.advance(200);
    expect(printed().split('\n').slice(11)).toEqual(['  + aws_subnet.S11  creating 0.2 s', '  … and 2 more', '']);
  });

  it('removes the view at the end', () => {
    const { effects, progress, printed } = setUp();
    progress.event({ type: 'phase', phase: 'plan' });
    effects.advance(200);
    printed();
    progress.end();
    expect(printed()).toBe(clear(1));
    effects.advance(1000);
    expect(printed()).toBe('');
    expect(effects.listening).toBe(0);
  });

  it('hides during a question', () => {
    const { effects, progress, printed } = setUp();
    progress.event({ type: 'phase', phase: 'show' });
    effects.advance(200);
    printed();
    const show = progress.hide();
    expect(printed()).toBe(clear(1));
    effects.advance(1000);
    expect(printed()).toBe('');
    show();
    effects.advance(200);
    expect(printed()).toBe('  network: reading the plan 1.4 s\n');
  });

  it('shows nothing before the start', () => {
    const { effects, printed } = setUp();
    effects.advance(1000);
    expect(printed()).toBe('');
  });
});

describe('work in progress', () => {
  function setUp() {
    const clock = { now: 0 };
    const work = new WorkInProgress(() => clock.now);
    const read = (status: ResourceEvent['status'], address: string) =>
      work.read({ type: 'resource', status, address, action: 'create', elapsedSeconds: 0 });
    return { clock, work, read };
  }

  it('contains what has started and not ended, oldest first', () => {
    const { clock, work, read } = setUp();
    read('start', 'aws_vpc.A');
    clock.now = 1000;
    read('start', 'aws_vpc.B');
    read('start', 'aws_vpc.C');
    clock.now = 2500;
    expect(read('progress', 'aws_vpc.A')).toBe(2500);
    expect(read('done', 'aws_vpc.B')).toBe(1500);
    expect(work.items).toEqual([
      { address: 'aws_vpc.A', action: 'create', milliseconds: 2500 },
      { address: 'aws_vpc.C', action: 'create', milliseconds: 1500 },
    ]);
    expect(read('failed', 'aws_vpc.C')).toBe(1500);
    expect(work.items).toHaveLength(1);
  });

  it('returns no duration for an event without a start', () => {
    const { clock, read } = setUp();
    clock.now = 700;
    expect(read('done', 'aws_vpc.A')).toBe(0);
  });

  it('treats a resource that is provisioned as created', () => {
    const { clock, work, read } = setUp();
    read('start', 'aws_vpc.A');
    clock.now = 1000;
    for (const status of ['start', 'done'] as const) {
      work.read({ type: 'resource', status, address: 'aws_vpc.A', action: 'provision', elapsedSeconds: 0 });
    }
    expect(work.items).toEqual([{ address: 'aws_vpc.A', action: 'create', milliseconds: 1000 }]);
  });

  it('has a phase, which starts without current work', () => {
    const { clock, work, read } = setUp();
    expect(work.phase).toBeUndefined();
    read('start', 'aws_vpc.A');
    expect(work.read({ type: 'phase', phase: 'apply' })).toBe(0);
    clock.now = 300;
    expect(work.phase).toEqual({ name: 'apply', milliseconds: 300 });
    expect(work.items).toEqual([]);
  });
});
