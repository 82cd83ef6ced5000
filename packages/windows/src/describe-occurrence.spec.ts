import { describeOccurrence } from './describe-occurrence';
import { windowWith } from './window.fixture';

const night = {
  window: windowWith({ timeZone: 'America/New_York' }),
  opens: new Date('2026-01-16T03:00Z'),
  closes: new Date('2026-01-16T11:00Z'),
};

describe('describeOccurrence', () => {
  it.each([
    ['2026-01-16T02:18:30Z', 'window overnight-risk opens in 42 min (Thu 22:00 America/New_York)'],
    ['2026-01-15T22:40:00Z', 'window overnight-risk opens in 4 h 20 min (Thu 22:00 America/New_York)'],
    ['2026-01-16T03:00:00Z', 'window overnight-risk is open until Fri 06:00 America/New_York (in 8 h 0 min)'],
  ])('at %s: %s', (now, text) => {
    expect(describeOccurrence(night, new Date(now))).toBe(text);
  });
});
