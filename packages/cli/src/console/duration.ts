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

/** A duration without tenths, which say nothing about what is not over yet. */
export function wholeSeconds(milliseconds: number): string {
  return duration(Math.floor(milliseconds / 1000) * 1000).replace('.0 s', ' s');
}
