import { FakeTerminal } from '@nightshift/console/testing';
import { listenForInterrupts, type OnInterrupt } from './interrupts';

class FakeKeyboard extends FakeTerminal {
  private readonly listeners = new Set<(key: string) => void>();

  readonly onKey = (listener: (key: string) => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  press(key: string): void {
    for (const listener of this.listeners) listener(key);
  }

  override get listening(): number {
    return super.listening + this.listeners.size;
  }
}

function setUp({ interactive = true, onInterrupt }: { interactive?: boolean; onInterrupt?: OnInterrupt } = {}) {
  const effects = Object.assign(new FakeKeyboard(), { interactive });
  const seen = { hint: '', notes: [] as string[], stops: 0 };
  const interrupts = listenForInterrupts({
    effects,
    onInterrupt,
    hint: (text) => {
      seen.hint = text;
    },
    note: (text) => {
      seen.notes.push(text);
    },
    stop: () => {
      seen.stops += 1;
    },
  });
  return { effects, seen, interrupts, isDetached: () => interrupts.detached.aborted };
}

const CTRL_C = '\u0003';

const WATCHING = 'Ctrl-C: detach or stop';

const ASKING = 'd detach | s stop and roll back | Enter continue';

const STOPPING = 'stopping: all traffic returns to the previous version | Ctrl-C: detach';

describe('Ctrl-C at a terminal (R10.5)', () => {
  it.each(['d', 'D'])('asks, and detaches on %s', (key) => {
    const { effects, seen, isDetached } = setUp();
    expect(seen.hint).toBe(WATCHING);
    effects.press(CTRL_C);
    expect(seen.hint).toBe(ASKING);
    expect(isDetached()).toBe(false);
    effects.press(key);
    expect(isDetached()).toBe(true);
    expect(seen.stops).toBe(0);
  });

  it.each(['s', 'S'])('stops the release on %s, once, and watches until it is rolled back', (key) => {
    const { effects, seen, isDetached } = setUp();
    effects.press(CTRL_C);
    effects.press(key);
    effects.press(key);
    expect(seen).toEqual({
      hint: STOPPING,
      notes: ['stopping the release: CodeDeploy returns all traffic to the previous version'],
      stops: 1,
    });
    expect(isDetached()).toBe(false);
    effects.press(CTRL_C);
    expect(isDetached()).toBe(true);
    expect(seen.stops).toBe(1);
  });

  it.each(['\r', '\n'])('continues to watch on Enter, and asks again at the next Ctrl-C', (enter) => {
    const { effects, seen, isDetached } = setUp();
    effects.press(CTRL_C);
    effects.press('x');
    expect(seen.hint).toBe(ASKING);
    effects.press(enter);
    expect(seen.hint).toBe(WATCHING);
    effects.press('d');
    effects.press('s');
    expect([isDetached(), seen.stops]).toEqual([false, 0]);
    effects.press(CTRL_C);
    expect(seen.hint).toBe(ASKING);
  });

  it('detaches when it is pressed twice', () => {
    const { effects, seen, isDetached } = setUp();
    effects.press(CTRL_C);
    effects.press(CTRL_C);
    expect(isDetached()).toBe(true);
    expect(seen.stops).toBe(0);
  });

  it('also asks on a signal, and merges two that arrive together', () => {
    const { effects, seen, isDetached } = setUp();
    effects.signal();
    effects.advance(1900);
    effects.signal();
    expect(isDetached()).toBe(false);
    expect(seen.hint).toBe(ASKING);
    effects.advance(2000);
    effects.signal();
    expect(isDetached()).toBe(true);
  });

  it.each(['SIGTERM', 'SIGHUP'] as const)('%s detaches without a question', (signal) => {
    const { effects, seen, isDetached } = setUp();
    effects.signal(signal);
    expect(isDetached()).toBe(true);
    expect(seen.stops).toBe(0);
  });

  it('is ignored after the watch, so that the end is reported', () => {
    const { effects, seen, interrupts, isDetached } = setUp();
    effects.press(CTRL_C);
    interrupts.ignore();
    effects.press(CTRL_C);
    effects.press('s');
    effects.signal();
    expect([isDetached(), seen.stops, seen.hint]).toEqual([false, 0, ASKING]);
    expect(effects.listening).toBeGreaterThan(0);
    interrupts.dispose();
    expect(effects.listening).toBe(0);
  });

  it('restores signals and keys at the end, also during a question', () => {
    const { effects, interrupts } = setUp();
    effects.press(CTRL_C);
    interrupts.dispose();
    expect(effects.listening).toBe(0);
  });
});

describe('a signal without a terminal', () => {
  it.each([
    [undefined, true],
    ['detach', true],
    ['stop', false],
  ] as const)('does what --on-interrupt says: %s', (onInterrupt, detaches) => {
    const { effects, seen, interrupts, isDetached } = setUp({
      interactive: false,
      ...(onInterrupt && { onInterrupt }),
    });
    effects.signal('SIGTERM');
    expect(isDetached()).toBe(detaches);
    expect(seen.stops).toBe(detaches ? 0 : 1);
    interrupts.dispose();
    expect(effects.listening).toBe(0);
  });

  it('does not ask at a terminal with --on-interrupt', () => {
    const stopping = setUp({ onInterrupt: 'stop' });
    stopping.effects.press(CTRL_C);
    expect(stopping.seen.stops).toBe(1);
    const detaching = setUp({ onInterrupt: 'detach' });
    detaching.effects.press(CTRL_C);
    expect(detaching.isDetached()).toBe(true);
  });

  it('detaches from a release that is stopping', () => {
    const { effects, isDetached } = setUp({ interactive: false, onInterrupt: 'stop' });
    effects.signal();
    effects.advance(2000);
    effects.signal();
    expect(isDetached()).toBe(true);
  });
});
