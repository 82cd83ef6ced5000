import { MINUTES_OF_A_DAY, minuteOf } from './wall-clock';

describe('minuteOf', () => {
  it.each([
    ['00:00', 0],
    ['06:05', 365],
    ['24:00', MINUTES_OF_A_DAY],
  ])('of %s is %i', (clock, minute) => {
    expect(minuteOf(clock)).toBe(minute);
  });
});
