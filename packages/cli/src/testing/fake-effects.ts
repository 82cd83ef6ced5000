import { FakeRunEffects } from '@nightshift/stack-run/testing';
import type { CheckedSynthesis, Effects } from '../effects';

/** Fake effects of a verb: records its output; clock, Terraform and local cloud are fakes. */
export class FakeEffects extends FakeRunEffects implements Effects {
  private readonly keyListeners = new Set<(key: string) => void>();

  readonly onKey = (listener: (key: string) => void): (() => void) => {
    this.keyListeners.add(listener);
    return () => this.keyListeners.delete(listener);
  };

  press(key: string): void {
    for (const listener of this.keyListeners) listener(key);
  }

  readonly synthesize: CheckedSynthesis['synthesize'] = ({ name, suffix }, directory) => {
    this.advance(240);
    this.synthesized.push({ name, suffix, directory });
    return Promise.resolve(this.report);
  };

  synthesizedStacks: CheckedSynthesis['synthesizedStacks'] = () => Promise.resolve({});

  /** Signals, keys and ticks that still have a listener. */
  override get listening(): number {
    return super.listening + this.keyListeners.size;
  }
}
