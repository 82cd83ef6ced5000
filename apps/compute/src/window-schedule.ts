import type { Environment } from '@nightshift/config';
import { DAYS, MINUTES_OF_A_DAY as DAY, minuteOf } from '@nightshift/windows/wall-clock';

type Window = Environment['processingWindows'][number];

const HOUR = 60;

/**
 * The start and end of a window as schedule expressions of Application Auto Scaling, in the time zone of the window.
 * https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
export function windowSchedule(
  { days, from, to }: Pick<Window, 'days' | 'from' | 'to'>,
  leadMinutes: number,
): { readonly open: string; readonly close: string } {
  const closes = minuteOf(to);
  return {
    open: cron(days, minuteOf(from) - leadMinutes),
    close: cron(days, closes > minuteOf(from) ? closes : closes + DAY),
  };
}

/** @param minute counts from the midnight with which each of `days` begins; before and after that day as well. */
function cron(days: Window['days'], minute: number): string {
  const shift = Math.floor(minute / DAY);
  const names = days.map((day) => {
    const index = (DAYS.indexOf(day) + shift + DAYS.length) % DAYS.length;
    return DAYS[index]?.slice(0, 'mon'.length).toUpperCase();
  });
  const clock = minute - shift * DAY;
  return `cron(${clock % HOUR} ${Math.floor(clock / HOUR)} ? * ${names.join(',')} *)`;
}
