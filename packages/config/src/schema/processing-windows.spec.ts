import { describeProblem } from '@nightshift/errors';
import { parseText } from '../problems-of.fixture';

const tags = 'tags: { Project: p, CostCenter: c }';
const night = { name: 'night', from: '22:00', to: '06:00', timeZone: 'Europe/London' };
const morning = { ...night, name: 'morning', from: '06:00', to: '08:00' };
const capacity = { minimum: 4 };
const parse = (windows: readonly object[], more = '') =>
  parseText(`${tags}\nprocessingWindows: ${JSON.stringify(windows)}\n${more}`, 'dev.yaml');
const problemsOf = (...windows: object[]) => parse(windows).problems?.map(describeProblem) ?? [];

describe('processing windows (R14.1)', () => {
  it('are empty by default', () => {
    expect(parseText(tags, 'dev.yaml')).toMatchObject({ file: { processingWindows: [] } });
  });

  it('open every day without a list of days', () => {
    expect(parse([night])).toMatchObject({
      file: {
        processingWindows: [
          { ...night, days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] },
        ],
      },
    });
    expect(parse([{ ...night, days: ['friday'] }])).toMatchObject({
      file: { processingWindows: [{ days: ['friday'] }] },
    });
  });

  it('accept times without quotes, and a whole day', () => {
    const text = `${tags}\nprocessingWindows:\n- { name: all, from: 00:00, to: 24:00, timeZone: UTC }`;
    expect(parseText(text, 'dev.yaml')).toMatchObject({
      file: { processingWindows: [{ from: '00:00', to: '24:00' }] },
    });
  });

  it.each([
    [
      { name: 'Night' },
      'name',
      'is not a valid name',
      '"Night"',
      'use up to 24 lower-case letters, digits and -, starting with a letter',
    ],
    [{ from: '24:00' }, 'from', 'is not a time of day', '"24:00"', 'write hours and minutes, such as 22:00'],
    [{ to: 6 }, 'to', 'is not a time of day', '6', 'write hours and minutes, such as 22:00'],
    [{ to: '22:00' }, 'to', 'is the same as from', '"22:00"', 'use another time; a whole day is from 00:00 to 24:00'],
    [
      { timeZone: 'London' },
      'timeZone',
      'is not a time zone',
      '"London"',
      'write its IANA name, such as Europe/London',
    ],
    [
      { timeZone: '+01:00' },
      'timeZone',
      'is not a time zone',
      '"+01:00"',
      'write its IANA name, such as Europe/London',
    ],
    [
      { timeZone: 'EST' },
      'timeZone',
      'has no daylight saving time',
      '"EST"',
      'use America/New_York, or Etc/GMT+5 for a fixed offset',
    ],
    [
      { timeZone: 'mst' },
      'timeZone',
      'has no daylight saving time',
      '"mst"',
      'use America/Denver, or America/Phoenix for a fixed offset',
    ],
    [{ timeZone: 'BST' }, 'timeZone', 'is not a time zone', '"BST"', 'write its IANA name, such as Europe/London'],
    [{ days: [] }, 'days', 'is empty', 'an empty list', 'add at least one day'],
  ])('refuse %j', (different, key, what, got, todo) => {
    expect(problemsOf({ ...night, ...different })).toEqual([
      `dev.yaml: processingWindows[0].${key}: ${what}, got ${got} - ${todo}`,
    ]);
  });

  it('refuse duplicate days and duplicate names', () => {
    expect(problemsOf({ ...night, days: ['friday', 'friday'] })).toEqual([
      'dev.yaml: processingWindows[0].days[1]: is the same day as item 1 of the list, got "friday" - remove one of the two',
    ]);
    expect(problemsOf(night, night)).toEqual([
      'dev.yaml: processingWindows[1]: has the same name as item 1 of the list, got a map - remove one of the two',
    ]);
  });
});

describe('capacity of a processing window (R14.3)', () => {
  it('starts a quarter of an hour before the window', () => {
    expect(parse([{ ...night, capacity }])).toMatchObject({
      file: { processingWindows: [{ capacity: { minimum: 4, leadMinutes: 15 } }] },
    });
  });

  it('stays within minimum and maximum of scaling (R7.4)', () => {
    expect(problemsOf({ ...night, capacity: { minimum: 1, maximum: 11 } })).toEqual([
      'dev.yaml: processingWindows[0].capacity.minimum: is not between scaling.minimum and scaling.maximum, got 1 - use a number from 2 to 10',
      'dev.yaml: processingWindows[0].capacity.maximum: is not between scaling.minimum and scaling.maximum, got 11 - use a number from 2 to 10',
    ]);
    expect(problemsOf({ ...night, capacity: { minimum: 5, maximum: 4 } })).toEqual([
      'dev.yaml: processingWindows[0].capacity.minimum: is above maximum (4), got 5 - lower it or raise maximum',
    ]);
    expect(problemsOf({ ...night, capacity: { minimum: 4, maximum: 5 } })).toEqual([]);
  });

  const meets = (name: string, from: string) =>
    `dev.yaml: processingWindows[1].from: changes the capacity at the same time as ${name}, got "${from}" - change the times, or remove capacity from one of them`;

  it('must not overlap that of another window, its lead time included', () => {
    expect(problemsOf({ ...night, capacity }, { ...morning, capacity })).toEqual([meets('night', '06:00')]);
    expect(problemsOf({ ...night, capacity }, { ...morning, from: '06:10', capacity })).toEqual([
      meets('night', '06:10'),
    ]);
    expect(problemsOf({ ...night, capacity }, { ...morning, from: '06:16', capacity })).toEqual([]);
  });

  it('detects an overlap across the end of the week', () => {
    const sunday = { ...night, days: ['sunday'], capacity };
    expect(problemsOf(sunday, { ...morning, days: ['monday'], capacity })).toEqual([meets('night', '06:00')]);
    expect(problemsOf(sunday, { ...morning, days: ['tuesday'], capacity })).toEqual([]);
  });

  it('lasts a whole day for a window of a whole day', () => {
    const all = { ...night, from: '00:00', to: '24:00', days: ['monday'], capacity };
    expect(problemsOf(all, { ...morning, from: '20:00', days: ['monday'], capacity })).toEqual([
      meets('night', '20:00'),
    ]);
  });

  it('can overlap a window without capacity', () => {
    expect(problemsOf({ ...night, capacity }, morning)).toEqual([]);
  });

  it('uses one time zone only', () => {
    expect(
      problemsOf({ ...night, capacity }, { ...morning, from: '12:00', to: '13:00', timeZone: 'UTC', capacity }),
    ).toEqual([
      'dev.yaml: processingWindows[1].timeZone: differs from that of night (Europe/London), and both change the capacity, got "UTC" - use one time zone for windows with capacity',
    ]);
  });
});
