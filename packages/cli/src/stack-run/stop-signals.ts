import type { ProcessControl, Time } from '../effects';

/** What the signals of a run have asked for. */
export interface StopSignals {
  /** Fires on the first signal: stop when what is in work is done. */
  readonly interrupt: AbortSignal;
  /** Fires on the second: stop at once. */
  readonly kill: AbortSignal;
  /** Gives signals back their default meaning. */
  readonly dispose: () => void;
}

interface StopSignalsProps {
  readonly stack: string;
  readonly effects: Pick<Time, 'monotonic'> & Pick<ProcessControl, 'onSignal'>;
  readonly note: (text: string) => void;
}

/** One Ctrl-C below Nx arrives more than once: from the terminal, which signals the whole process group, and from Nx. */
const MERGED_MILLISECONDS = 2000;

/** Turns signals into the two things that they can mean to a run. */
export function listenForStop({ stack, effects, note }: StopSignalsProps): StopSignals {
  const interrupt = new AbortController();
  const kill = new AbortController();
  let first = 0;
  const dispose = effects.onSignal(() => {
    if (!interrupt.signal.aborted) {
      first = effects.monotonic();
      note(`stopping ${stack}: Terraform finishes what is in work; once more to stop at once`);
      interrupt.abort();
    } else if (!kill.signal.aborted && effects.monotonic() - first >= MERGED_MILLISECONDS) {
      note(`stopping ${stack} at once: what is in work may be missing in the state, and its lock may stay`);
      kill.abort();
    }
  });
  return { interrupt: interrupt.signal, kill: kill.signal, dispose };
}
