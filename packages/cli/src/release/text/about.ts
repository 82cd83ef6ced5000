const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** A duration that is not known to the second: `40 s`, `43 min`. Never less than a second. */
export function about(milliseconds: number): string {
  return milliseconds < 2 * MINUTE
    ? `${String(Math.max(1, Math.round(milliseconds / SECOND)))} s`
    : `${String(Math.round(milliseconds / MINUTE))} min`;
}
