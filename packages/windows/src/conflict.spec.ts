import { conflict, nextOccurrence } from './conflict';
import { windowWith } from './window.fixture';

const at = (time: string) => new Date(time);
const nights = [windowWith()];

describe('conflict (R14.2)', () => {
  it('is the window that is open', () => {
    expect(conflict(nights, at('2026-01-15T23:00Z'), 0)?.closes).toEqual(at('2026-01-16T06:00Z'));
  });

  it('is the window into which an act would reach', () => {
    expect(conflict(nights, at('2026-01-15T21:36Z'), 25)?.opens).toEqual(at('2026-01-15T22:00Z'));
    expect(conflict(nights, at('2026-01-15T21:35Z'), 25)).toBeUndefined();
  });

  it('is none where there is no window', () => {
    expect(conflict([], at('2026-01-15T23:00Z'), 60)).toBeUndefined();
  });
});

describe('nextOccurrence', () => {
  it('is the open window, else the next to open, up to a week away', () => {
    expect(nextOccurrence(nights, at('2026-01-15T23:00Z'))?.opens).toEqual(at('2026-01-15T22:00Z'));
    const mondays = [windowWith({ days: ['monday'] })];
    expect(nextOccurrence(mondays, at('2026-01-13T07:00Z'))?.opens).toEqual(at('2026-01-19T22:00Z'));
    expect(nextOccurrence([], at('2026-01-13T07:00Z'))).toBeUndefined();
  });
});
