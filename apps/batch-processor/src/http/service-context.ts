import type { Configuration } from '../service/configuration';
import type { JobCount } from '../service/job-count';
import type { Log } from '../service/log';
import type { LoopLag } from '../service/loop-lag';
import type { ThreadPool } from '../threads/thread-pool';

/** The context of the request handlers. */
export interface ServiceContext {
  readonly configuration: Configuration;
  readonly log: Log;
  readonly jobs: JobCount;
  readonly pool: Pick<ThreadPool, 'run'>;
  readonly lag: Pick<LoopLag, 'worstMs'>;
  readonly newJobId: () => string;
  /** Milliseconds since the start, on a monotonic clock. */
  readonly elapsed: () => number;
}
