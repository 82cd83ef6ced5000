import { listenForStop } from './stop-signals';
import { FakeRunEffects } from './testing/fake-effects';

function setUp() {
  const effects = new FakeRunEffects();
  const notes: string[] = [];
  const signals = listenForStop({ stack: 'network', effects, note: (text) => notes.push(text) });
  return { effects, notes, signals };
}

const FIRST = 'stopping network: Terraform finishes its current operations; press Ctrl-C again to stop immediately';

const SECOND = 'stopping network immediately: current operations may be missing in the state, and its lock may remain';

describe('signals', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('interrupt once: %s', (signal) => {
    const { effects, notes, signals } = setUp();
    expect(signals.interrupt.aborted).toBe(false);
    effects.signal(signal);
    expect(signals.interrupt.aborted).toBe(true);
    expect(signals.kill.aborted).toBe(false);
    expect(notes).toEqual([FIRST]);
  });

  it('count as one if they arrive together, from the terminal and from Nx', () => {
    const { effects, notes, signals } = setUp();
    effects.signal('SIGINT');
    effects.advance(1999);
    effects.signal('SIGTERM');
    expect(signals.kill.aborted).toBe(false);
    expect(notes).toEqual([FIRST]);
  });

  it('stop immediately if another one arrives later', () => {
    const { effects, notes, signals } = setUp();
    effects.signal('SIGINT');
    effects.advance(2000);
    effects.signal('SIGINT');
    effects.advance(2000);
    effects.signal('SIGINT');
    expect(signals.kill.aborted).toBe(true);
    expect(notes).toEqual([FIRST, SECOND]);
  });

  it('have their default meaning after the run', () => {
    const { effects, notes, signals } = setUp();
    signals.dispose();
    effects.signal();
    expect(notes).toEqual([]);
    expect(effects.listening).toBe(0);
  });
});
