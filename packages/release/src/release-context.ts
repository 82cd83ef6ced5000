import type { ReleaseClients } from './release-clients';
import type { ReleaseTarget } from './target';

/** Time as the engine sees it. */
export interface Clock {
  readonly now: () => Date;
  /** Ends early, without an error, when the signal fires. */
  readonly sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

/** All that the engine works with. */
export interface ReleaseContext {
  readonly target: ReleaseTarget;
  readonly clients: ReleaseClients;
  readonly clock: Clock;
  /** How many of AWS's seconds pass in one: 1 on AWS, more in the local cloud. */
  readonly timeScale: number;
  /** A random identifier. */
  readonly newId: () => string;
}
