import { onDistinctSignal, type Keyboard, type KeyPresses, type ProcessControl, type Time } from '@nightshift/console';

/** What a signal means while a release is watched. */
export type OnInterrupt = 'detach' | 'stop';

export interface Interrupts {
  /** Fires when the user detaches. */
  readonly detached: AbortSignal;
  /** After the watch: signals and keys do nothing until `dispose`, so that its end is reported. */
  readonly ignore: () => void;
  /** Restores the default handling of signals and keys. */
  readonly dispose: () => void;
}

interface InterruptsProps {
  readonly effects: Pick<Keyboard, 'interactive'> &
    KeyPresses &
    Pick<Time, 'monotonic'> &
    Pick<ProcessControl, 'onSignal'>;
  /** @default - ask on a terminal, otherwise detach */
  readonly onInterrupt: OnInterrupt | undefined;
  /** Shows the available keys. */
  readonly hint: (text: string) => void;
  readonly note: (text: string) => void;
  /** Asks CodeDeploy to stop the release and roll back. */
  readonly stop: () => void;
}

const CTRL_C = '\u0003';

const ENTER = ['\r', '\n'];

const hints = {
  watching: 'Ctrl-C: detach or stop',
  asking: 'd detach | s stop and roll back | Enter continue',
  stopping: 'stopping: all traffic returns to the previous version | Ctrl-C: detach',
} as const;

/**
 * Handles Ctrl-C and signals while a release is watched: asks on a terminal, otherwise does what `--on-interrupt` says. While the
 * release is stopping, another one detaches. On a terminal Ctrl-C is read as a key: a signal would also reach npx and Nx, which
 * would exit with codes of their own.
 */
export function listenForInterrupts({ effects, onInterrupt, hint, note, stop }: InterruptsProps): Interrupts {
  const detached = new AbortController();
  const asks = effects.interactive && onInterrupt === undefined;
  let state: keyof typeof hints = 'watching';
  let ignored = false;

  const enter = (next: keyof typeof hints) => {
    state = next;
    hint(hints[next]);
  };
  const detach = () => {
    detached.abort();
  };
  const stopRelease = () => {
    enter('stopping');
    note('stopping the release: CodeDeploy returns all traffic to the previous version');
    stop();
  };
  const interrupt = (canAsk: boolean) => {
    if (state === 'watching' && canAsk) enter('asking');
    else if (state === 'watching' && onInterrupt === 'stop') stopRelease();
    else detach();
  };
  const answer = (key: string) => {
    if (key === 'd') detach();
    else if (key === 's') stopRelease();
    else if (ENTER.includes(key)) enter('watching');
  };
  const stopKeys = effects.interactive
    ? effects.onKey((key) => {
        if (ignored) return;
        if (key === CTRL_C) interrupt(asks);
        else if (state === 'asking') answer(key.toLowerCase());
      })
    : () => undefined;
  const stopSignals = onDistinctSignal(effects, (signal) => {
    // A closed terminal or a shutdown does not wait for an answer.
    if (!ignored) interrupt(asks && signal === 'SIGINT');
  });
  hint(hints.watching);
  return {
    detached: detached.signal,
    ignore: () => {
      ignored = true;
    },
    dispose: () => {
      stopKeys();
      stopSignals();
    },
  };
}
