import type { UpstreamRead } from './upstream-reads';

/** Values that a stack reads from another one, which does not publish them yet. */
export interface MissingValues extends Pick<UpstreamRead, 'stack' | 'dataSource'> {
  /** At least one, sorted. */
  readonly values: readonly string[];
  /** The other stack publishes nothing at all: it is not deployed. */
  readonly all: boolean;
}
