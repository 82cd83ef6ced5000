import { Temporal } from 'temporal-polyfill';
import type { ProcessingWindow } from './processing-window';
import { DAYS } from './wall-clock';

/** One time that a window is open. */
export interface Occurrence {
  readonly window: ProcessingWindow;
  readonly opens: Date;
  readonly closes: Date;
}

const END_OF_DAY = '24:00';

/**
 * The times in which windows are open, as far as they have a part in `[from, until)`; by opening.
 *
 * Where clocks change, a window opens as soon as they show `from` or later, and closes when they show `to` for the last time:
 * an hour that there is twice lies within it both times, one that there is not is passed over. A window that lies in the skipped hour
 * does not open on that day.
 */
export function occurrencesBetween(windows: readonly ProcessingWindow[], from: Date, until: Date): Occurrence[] {
  return windows
    .flatMap((window) => occurrencesOf(window, from, until))
    .sort((one, other) => one.opens.getTime() - other.opens.getTime());
}

function occurrencesOf(window: ProcessingWindow, from: Date, until: Date): Occurrence[] {
  const { timeZone } = window;
  const last = dayOf(until, timeZone);
  const found: Occurrence[] = [];
  // One that opened yesterday may still be open.
  for (let day = dayOf(from, timeZone).subtract({ days: 1 }); !isAfter(day, last); day = day.add({ days: 1 })) {
    const occurrence = occurrenceOn(day, window);
    const { opens, closes } = occurrence;
    if (opensOn(day, window) && opens < closes && opens < until && closes > from) found.push(occurrence);
  }
  return found;
}

function isAfter(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) > 0;
}

function dayOf(time: Date, timeZone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(time.getTime()).toZonedDateTimeISO(timeZone).toPlainDate();
}

function opensOn(day: Temporal.PlainDate, { days }: ProcessingWindow): boolean {
  return days.some((name) => DAYS.indexOf(name) + 1 === day.dayOfWeek);
}

function occurrenceOn(day: Temporal.PlainDate, window: ProcessingWindow): Occurrence {
  const { from, to, timeZone } = window;
  const lastDay = to > from && to !== END_OF_DAY ? day : day.add({ days: 1 });
  const opens = day.toPlainDateTime(from);
  const closes = lastDay.toPlainDateTime(to === END_OF_DAY ? '00:00' : to);
  return { window, opens: moment(opens, timeZone, 'earlier'), closes: moment(closes, timeZone, 'later') };
}

/** When clocks show a time, the first or the last time that they do; the moment at which they jump over it, if they do. */
function moment(wall: Temporal.PlainDateTime, timeZone: string, which: 'earlier' | 'later'): Date {
  const found = wall.toZonedDateTime(timeZone, { disambiguation: which });
  if (found.toPlainDateTime().equals(wall)) return new Date(found.epochMilliseconds);
  const before = wall.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  // There is one: the clocks have just been seen to jump.
  const jump = before.getTimeZoneTransition('next') as Temporal.ZonedDateTime;
  return new Date(jump.epochMilliseconds);
}

const MILLISECONDS = 60_000;

/** Every window opens once a week at least; one more day for the clocks. */
const LOOK_AHEAD_MINUTES = 8 * 24 * 60;

/**
 * The window that is open at `now`, or into which an act would reach that begins then (R14.2).
 * @param minutes how long the act takes.
 */
export function conflict(windows: readonly ProcessingWindow[], now: Date, minutes: number): Occurrence | undefined {
  // A moment at least: an act that takes no time still is in an open window.
  return occurrencesBetween(windows, now, later(now, Math.max(minutes, 1)))[0];
}

/** The window that is open at `now`, else the one that opens next. */
export function nextOccurrence(windows: readonly ProcessingWindow[], now: Date): Occurrence | undefined {
  return conflict(windows, now, LOOK_AHEAD_MINUTES);
}

function later(time: Date, minutes: number): Date {
  return new Date(time.getTime() + minutes * MILLISECONDS);
}
