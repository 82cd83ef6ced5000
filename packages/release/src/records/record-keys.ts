/** Where the releases of an environment are kept in the state bucket, beside its states. */
export function recordPrefix(suffix: string): string {
  return `${suffix}/releases/`;
}

/** Names the newest release. Whoever starts one takes it, so that of two at the same time only one does. */
export function pointerKey(suffix: string): string {
  return `${recordPrefix(suffix)}latest.json`;
}

/** Sorts by time. */
export function recordKey({
  suffix,
  startedAt,
  id,
}: {
  readonly suffix: string;
  readonly startedAt: string;
  readonly id: string;
}): string {
  return `${recordPrefix(suffix)}${startedAt}-${id}.json`;
}
