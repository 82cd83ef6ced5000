import { windowSchedule } from './window-schedule';

describe('schedule of a processing window (R14.3)', () => {
  it.each([
    ['22:00', '06:00', 15, ['monday', 'friday'], 'cron(45 21 ? * MON,FRI *)', 'cron(0 6 ? * TUE,SAT *)'],
    ['09:00', '17:30', 0, ['monday'], 'cron(0 9 ? * MON *)', 'cron(30 17 ? * MON *)'],
    ['00:05', '06:00', 15, ['monday', 'wednesday'], 'cron(50 23 ? * SUN,TUE *)', 'cron(0 6 ? * MON,WED *)'],
    ['00:00', '24:00', 60, ['sunday'], 'cron(0 23 ? * SAT *)', 'cron(0 0 ? * MON *)'],
  ] as const)('from %s to %s, %i minutes before, on %j', (from, to, lead, days, open, close) => {
    expect(windowSchedule({ from, to, days: [...days] }, lead)).toEqual({ open, close });
  });
});
