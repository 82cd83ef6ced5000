import { occurrencesBetween, type Occurrence } from './occurrences-between';
import type { ProcessingWindow } from './processing-window';

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
