export type Tags = Readonly<Record<string, string>>;

/** Which of the wanted tags are missing or other, as a phrase that follows "was"; undefined when none. Further tags are no deviation. */
export function tagDeviation(found: Tags, wanted: Tags): string | undefined {
  const off = Object.entries(wanted).filter(([key, value]) => found[key] !== value);
  return off.length === 0 ? undefined : `without ${off.map(([key, value]) => `${key}=${value}`).join(', ')}`;
}
