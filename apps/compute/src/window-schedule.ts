import type { Environment } from '@nightshift/config';

type Window = Environment['processingWindows'][number];

/** In the order of the week; a window's days are among them. */
const DAYS: readonly Window['days'][number][] = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
];
const HOUR = 60;
const DAY = 24 * HOUR;

/**
 * When the tasks of a window come and go, as expressions of Application Auto Scaling, on the clock of the window's time zone.
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

function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number);
  return Number(hours) * HOUR + Number(minutes);
}
