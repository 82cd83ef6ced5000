import fc from 'fast-check';
import { conflict, nextOccurrence, occurrencesBetween } from './occurrences';
import type { ProcessingWindow } from './processing-window';
import { DAYS } from './wall-clock';
import { windowWith } from './window.fixture';

const within = (window: ProcessingWindow, from: string, until: string) =>
  occurrencesBetween([window], new Date(from), new Date(until)).map(
    ({ opens, closes }) => `${opens.toISOString()} ${closes.toISOString()}`,
  );

describe('occurrencesBetween (R14.1)', () => {
  it('can span midnight', () => {
    expect(within(windowWith(), '2026-01-14T12:00Z', '2026-01-15T12:00Z')).toEqual([
      '2026-01-14T22:00:00.000Z 2026-01-15T06:00:00.000Z',
    ]);
  });

  it('belong to the day on which they open', () => {
    const friday = windowWith({ days: ['friday'] });
    expect(within(friday, '2026-01-12T00:00Z', '2026-01-19T00:00Z')).toEqual([
      '2026-01-16T22:00:00.000Z 2026-01-17T06:00:00.000Z',
    ]);
  });

  it('include one that opened yesterday, and not one that has just closed or opens at the end', () => {
    expect(within(windowWith(), '2026-01-15T05:59Z', '2026-01-15T22:00Z')).toHaveLength(1);
    expect(within(windowWith(), '2026-01-15T06:00Z', '2026-01-15T22:00Z')).toEqual([]);
    expect(within(windowWith(), '2026-01-15T06:00Z', '2026-01-15T22:01Z')).toHaveLength(1);
  });

  it('stay within a day if they close before midnight', () => {
    const day = windowWith({ from: '09:00', to: '17:30', timeZone: 'America/New_York' });
    expect(within(day, '2026-01-15T00:00Z', '2026-01-16T00:00Z')).toEqual([
      '2026-01-15T14:00:00.000Z 2026-01-15T22:30:00.000Z',
    ]);
  });

  it('can last until the end of a day', () => {
    const whole = windowWith({ from: '00:00', to: '24:00', timeZone: 'UTC' });
    expect(within(whole, '2026-01-15T00:00Z', '2026-01-15T12:00Z')).toEqual([
      '2026-01-15T00:00:00.000Z 2026-01-16T00:00:00.000Z',
    ]);
  });

  it('are an hour shorter when summer time begins, and an hour longer when it ends', () => {
    expect(within(windowWith(), '2026-03-28T12:00Z', '2026-03-29T12:00Z')).toEqual([
      '2026-03-28T22:00:00.000Z 2026-03-29T05:00:00.000Z',
    ]);
    expect(within(windowWith(), '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toEqual([
      '2026-10-24T21:00:00.000Z 2026-10-25T06:00:00.000Z',
    ]);
  });

  it('include a repeated hour twice', () => {
    const repeated = windowWith({ from: '01:15', to: '01:45' });
    expect(within(repeated, '2026-10-24T12:00Z', '2026-10-25T12:00Z')).toEqual([
      '2026-10-25T00:15:00.000Z 2026-10-25T01:45:00.000Z',
    ]);
  });

  it('open and close at the change if the clock skips their times', () => {
    const jump = '2026-03-29T01:00:00.000Z';
    const day = ['2026-03-28T12:00Z', '2026-03-29T12:00Z'] as const;
    expect(within(windowWith({ from: '01:30', to: '05:00' }), ...day)).toEqual([`${jump} 2026-03-29T04:00:00.000Z`]);
    expect(within(windowWith({ from: '00:30', to: '01:30' }), ...day)).toEqual([`2026-03-29T00:30:00.000Z ${jump}`]);
  });

  it('do not open on a day on which the clock skips the whole window', () => {
    const skipped = windowWith({ from: '01:15', to: '01:45' });
    expect(within(skipped, '2026-03-28T12:00Z', '2026-03-30T12:00Z')).toEqual([
      '2026-03-30T00:15:00.000Z 2026-03-30T00:45:00.000Z',
    ]);
  });

  it('are sorted by opening', () => {
    const early = windowWith({ name: 'early', from: '04:00', to: '05:00' });
    const found = occurrencesBetween(
      [windowWith(), early],
      new Date('2026-01-15T12:00Z'),
      new Date('2026-01-16T12:00Z'),
    );
    expect(found.map(({ window }) => window.name)).toEqual(['overnight-risk', 'early']);
  });

  it('are open exactly when the local time says so, except for the hours of a change', () => {
    const clock = fc.integer({ min: 0, max: 24 * 60 - 1 }).map(asClock);
    const zones = fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'UTC');
    const quiet = fc.date({ min: new Date('2026-05-01'), max: new Date('2026-08-31'), noInvalidDate: true });
    const days = fc.subarray([...DAYS], { minLength: 1 });
    fc.assert(
      fc.property(clock, clock, zones, quiet, days, (from, to, timeZone, now, open) => {
        fc.pre(from !== to);
        const window = windowWith({ from, to, timeZone, days: open });
        const found = occurrencesBetween([window], now, new Date(now.getTime() + 1));
        expect(found.length > 0).toBe(isOpenByTheWall(window, now));
      }),
    );
  });
});

function asClock(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** The same from another source: what `Intl` says that the clock shows. */
function isOpenByTheWall({ from, to, days, timeZone }: ProcessingWindow, now: Date): boolean {
  const wall = (time: Date) => {
    const parts = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'long',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    const values = Object.fromEntries(parts.formatToParts(time).map(({ type, value }) => [type, value]));
    return {
      day: String(values['weekday']).toLowerCase(),
      clock: `${String(values['hour'])}:${String(values['minute'])}`,
    };
  };
  const { day, clock } = wall(now);
  const yesterday = DAYS[(DAYS.findIndex((name) => name === day) + 6) % 7];
  const opens = (name: string | undefined) => days.some((one) => one === name);
  if (from < to) return opens(day) && clock >= from && clock < to;
  return (opens(day) && clock >= from) || (opens(yesterday) && clock < to);
}

const at = (time: string) => new Date(time);

const nights = [windowWith()];

describe('conflict (R14.2)', () => {
  it('is the open window', () => {
    expect(conflict(nights, at('2026-01-15T23:00Z'), 0)?.closes).toEqual(at('2026-01-16T06:00Z'));
  });

  it('is the window that an action would overlap', () => {
    expect(conflict(nights, at('2026-01-15T21:36Z'), 25)?.opens).toEqual(at('2026-01-15T22:00Z'));
    expect(conflict(nights, at('2026-01-15T21:35Z'), 25)).toBeUndefined();
  });

  it('is undefined without a window', () => {
    expect(conflict([], at('2026-01-15T23:00Z'), 60)).toBeUndefined();
  });
});

describe('nextOccurrence', () => {
  it('is the open window, or the next one within a week', () => {
    expect(nextOccurrence(nights, at('2026-01-15T23:00Z'))?.opens).toEqual(at('2026-01-15T22:00Z'));
    const mondays = [windowWith({ days: ['monday'] })];
    expect(nextOccurrence(mondays, at('2026-01-13T07:00Z'))?.opens).toEqual(at('2026-01-19T22:00Z'));
    expect(nextOccurrence([], at('2026-01-13T07:00Z'))).toBeUndefined();
  });
});
