/** `4.2 s`, `1 min 05 s`, `2 h 03 min`: short enough for the end of a line. */
export function duration(milliseconds: number): string {
  const tenths = Math.round(milliseconds / 100);
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${String(minutes)} min ${two(seconds % 60)} s`;
  return `${String(Math.floor(minutes / 60))} h ${two(minutes % 60)} min`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** A duration without tenths, for work that has not ended yet. */
export function wholeSeconds(milliseconds: number): string {
  return duration(Math.floor(milliseconds / 1000) * 1000).replace('.0 s', ' s');
}

const SECOND = 1000;

const MINUTE = 60 * SECOND;

/** An estimated duration: `40 s`, `43 min`. At least a second. */
export function about(milliseconds: number): string {
  return milliseconds < 2 * MINUTE
    ? `${String(Math.max(1, Math.round(milliseconds / SECOND)))} s`
    : `${String(Math.round(milliseconds / MINUTE))} min`;
}
