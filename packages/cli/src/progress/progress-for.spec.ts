import { FakeEffects } from '../testing/fake-effects';
import { fakeStack } from '../testing/fake-stack';
import { progressFor } from './progress-for';

function noted(effects: FakeEffects, json: boolean): string {
  progressFor(fakeStack, effects, json).note('hello');
  return effects.printed.stdout;
}

describe('how progress is shown', () => {
  it('is JSON where that is asked for', () => {
    expect(JSON.parse(noted(new FakeEffects(), true))).toMatchObject({ type: 'note', text: 'hello' });
  });

  it('is a live view where a person watches', () => {
    const effects = new FakeEffects();
    effects.watched = true;
    expect(noted(effects, false)).toBe('\u001B[?2026hhello\u001B[K\n\u001B[J\u001B[?2026l');
  });

  it('is a log elsewhere', () => {
    expect(noted(new FakeEffects(), false)).toBe('network        hello\n');
  });
});
