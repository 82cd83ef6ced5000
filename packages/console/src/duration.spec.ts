import { about, duration, wholeSeconds } from './duration';

describe('a duration', () => {
  it.each([
    [0, '0.0 s'],
    [4249, '4.2 s'],
    [59_949, '59.9 s'],
    [59_950, '1 min 00 s'],
    [65_400, '1 min 05 s'],
    [3_599_400, '59 min 59 s'],
    [3_599_600, '1 h 00 min'],
    [7_380_000, '2 h 03 min'],
  ])('of %i ms is %s', (milliseconds, text) => {
    expect(duration(milliseconds)).toBe(text);
  });
});

describe('wholeSeconds', () => {
  it.each([
    [1999, '1 s'],
    [65_400, '1 min 05 s'],
  ])('shows %i ms as %s', (milliseconds, text) => {
    expect(wholeSeconds(milliseconds)).toBe(text);
  });
});

describe('about', () => {
  it.each([
    [-5, '1 s'],
    [40_400, '40 s'],
    [119_000, '119 s'],
    [120_000, '2 min'],
    [2_580_000, '43 min'],
    [7_200_000, '120 min'],
  ])('formats %i milliseconds as %s', (milliseconds, text) => {
    expect(about(milliseconds)).toBe(text);
  });
});
