import { Temporal } from 'temporal-polyfill';
import type { Occurrence } from './occurrences';

const MINUTES_OF_AN_HOUR = 60;
const MILLISECONDS = 60_000;

/**
 * Says where a window stands: `window overnight-risk is open until Tue 06:00 Europe/London (in 3 h 20 min)` or `window
 * overnight-risk opens in 41 min (Mon 22:00 Europe/London)`.
 */
export function describeOccurrence({ window, opens, closes }: Occurrence, now: Date): string {
  const { name, timeZone } = window;
  return opens > now
    ? `window ${name} opens in ${minutesText(now, opens)} (${clock(opens, timeZone)})`
    : `window ${name} is open until ${clock(closes, timeZone)} (in ${minutesText(now, closes)})`;
}

/** `41 min`, `3 h 20 min`; never less than there is. */
function minutesText(from: Date, until: Date): string {
  const minutes = Math.ceil((until.getTime() - from.getTime()) / MILLISECONDS);
  const hours = Math.floor(minutes / MINUTES_OF_AN_HOUR);
  const rest = `${String(minutes % MINUTES_OF_AN_HOUR)} min`;
  return hours === 0 ? rest : `${String(hours)} h ${rest}`;
}

function clock(time: Date, timeZone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(time.getTime()).toZonedDateTimeISO(timeZone);
  const day = zoned.toLocaleString('en-GB', { weekday: 'short' });
  return `${day} ${zoned.toPlainTime().toString({ smallestUnit: 'minute' })} ${timeZone}`;
}
