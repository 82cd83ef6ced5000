/** In the order of the week. */
export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

export type Day = (typeof DAYS)[number];

const MINUTES_OF_AN_HOUR = 60;
export const MINUTES_OF_A_DAY = 24 * MINUTES_OF_AN_HOUR;

/** Minutes since midnight of `HH:MM`. */
export function minuteOf(clock: string): number {
  const [hours, minutes] = clock.split(':').map(Number);
  return Number(hours) * MINUTES_OF_AN_HOUR + Number(minutes);
}
