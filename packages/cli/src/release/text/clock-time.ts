/** `02:06:40`, in UTC, as logs and CloudWatch have it: one time for all, also in the night when clocks change. */
export function clockTime(time: Date): string {
  return time.toISOString().slice(11, 19);
}
