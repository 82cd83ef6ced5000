import { onDistinctSignal, type Time, type ProcessControl } from '@nightshift/console';

/** Aborts of a run by signals. */
export interface StopSignals {
  /** Fires on the first signal: stop after the current operations. */
  readonly interrupt: AbortSignal;
  /** Fires on the second signal: stop immediately. */
  readonly kill: AbortSignal;
  /** Restores the default handling of signals. */
  readonly dispose: () => void;
}

interface StopSignalsProps {
  readonly stack: string;
  readonly effects: Pick<Time, 'monotonic'> & Pick<ProcessControl, 'onSignal'>;
  readonly note: (text: string) => void;
}

/** Turns signals into an interrupt, and the second one into a kill. */
export function listenForStop({ stack, effects, note }: StopSignalsProps): StopSignals {
  const interrupt = new AbortController();
  const kill = new AbortController();
  const dispose = onDistinctSignal(effects, () => {
    if (!interrupt.signal.aborted) {
      note(`stopping ${stack}: Terraform finishes its current operations; press Ctrl-C again to stop immediately`);
      interrupt.abort();
    } else if (!kill.signal.aborted) {
      note(`stopping ${stack} immediately: current operations may be missing in the state, and its lock may remain`);
      kill.abort();
    }
  });
  return { interrupt: interrupt.signal, kill: kill.signal, dispose };
}
