/** Index of one of the three zones of an environment (R1.1). */
export type Zone = 0 | 1 | 2;

/** One value for each zone, in their order. */
export type PerZone<T> = readonly [T, T, T];

export function perZone<T>(of: (zone: Zone) => T): PerZone<T> {
  return [of(0), of(1), of(2)];
}
