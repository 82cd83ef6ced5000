import { FakeEffects } from '../testing/fake-effects';
import { fakeStack } from '../testing/fake-stack';
import { lineProgress } from './line-progress';

function setUp() {
  const effects = new FakeEffects();
  const progress = lineProgress(fakeStack, effects);
  const start = (address: string) => {
    progress.event({ type: 'resource', status: 'start', address, action: 'create', elapsedSeconds: 0 });
  };
  return { effects, progress, start };
}

describe('progress in a log', () => {
  it('is one line an event, behind the name of the stack', () => {
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
    expect(effects.printed.stdout).toBe(
      'network        + aws_vpc.Vpc_1A (network/Vpc/Resource) created 10.1 s\nnetwork        hello\n',
    );
  });

  it('shows every 15 seconds what is still in work', () => {
    const { effects, start } = setUp();
    effects.advance(14_000);
    start('aws_vpc.Vpc_1A');
    effects.advance(30_000);
    expect(effects.printed.stdout).toBe('network        … aws_vpc.Vpc_1A (network/Vpc/Resource) creating 16 s\n');
  });

  it('names no more than five', () => {
    const { effects, start } = setUp();
    ['A', 'B', 'C', 'D', 'E', 'F', 'G'].forEach((name) => {
      start(`aws_vpc.${name}`);
    });
    effects.advance(15_000);
    expect(effects.printed.stdout.split('\n').slice(4)).toEqual([
      'network        … aws_vpc.E creating 15 s',
      'network        … and 2 more',
      '',
    ]);
  });

  it('shows the phase while no resource is in work', () => {
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

  it('is silent when it has ended, and before anything has begun', () => {
    const { effects, progress } = setUp();
    effects.advance(15_000);
    progress.event({ type: 'phase', phase: 'plan' });
    progress.end();
    effects.advance(60_000);
    expect(effects.printed.stdout).toBe('');
    expect(effects.listening).toBe(0);
  });
});
