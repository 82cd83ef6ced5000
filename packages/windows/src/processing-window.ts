import type { Day } from './wall-clock';

/** A time in which calculations run and nothing may disturb them (R14.1): what the clocks on the wall of a time zone say. */
export interface ProcessingWindow {
  readonly name: string;
  /** The days on which it opens. */
  readonly days: readonly Day[];
  /** `HH:MM`. */
  readonly from: string;
  /** `HH:MM`, or `24:00`. Not after `from`: it is the time of the next day. */
  readonly to: string;
  /** IANA name, such as `Europe/London`. */
  readonly timeZone: string;
}
