import { clockTime } from './clock-time';

it('clock times are those of UTC', () => {
  expect(clockTime(new Date('2026-11-24T03:06:40+01:00'))).toBe('02:06:40');
});
