/**
 * The supported memory in MiB by CPU units.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
 */
export const fargateSizes = {
  256: [512, 1024, 2048],
  512: range(1024, 4096, 1024),
  1024: range(2048, 8192, 1024),
  2048: range(4096, 16_384, 1024),
  4096: range(8192, 30_720, 1024),
  8192: range(16_384, 61_440, 4096),
  16384: range(32_768, 122_880, 8192),
} as const satisfies Record<number, readonly number[]>;

export type FargateCpu = keyof typeof fargateSizes;

/** The supported CPU units, ascending. */
export const fargateCpus = Object.keys(fargateSizes).map(Number) as FargateCpu[];

export function isFargateCpu(cpu: number): cpu is FargateCpu {
  return Object.hasOwn(fargateSizes, cpu);
}

function range(from: number, to: number, step: number): readonly number[] {
  return Array.from({ length: (to - from) / step + 1 }, (_, index) => from + index * step);
}
