/** The day of a moment, as waivers name it: `2026-01-31`. Everywhere the same, so in UTC. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}
