import type { Colours } from '../effects';
import type { ExitCode } from '../exit-code';
import type { Counts } from './counts';

/** How a run that succeeded is reported. */
export interface Outcome {
  /** @default - nothing was touched */
  readonly counts?: Counts;
  /** What a person is told; the first line goes behind the stack's name. */
  readonly lines: (elapsed: string, colours: Colours) => readonly string[];
  /** The stack's published values, where the run came to know them. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** What the JSON result says beside the run's record. */
  readonly result?: Readonly<Record<string, unknown>>;
  /** @default - 0 */
  readonly exitCode?: ExitCode;
}
