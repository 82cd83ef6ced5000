import type { Clock } from './machine';

const INTERVAL_MS = 15_000;

export interface Step {
  /** The current action, such as `installing moto 5.2.5`. */
  readonly message: string;
  readonly onProgress: (message: string) => void;
  readonly now: Clock['now'];
}

/** Reports an action at its start, the elapsed time every 15 seconds, and the total time at the end. */
export async function withProgress<T>({ message, onProgress, now }: Step, action: () => Promise<T>): Promise<T> {
  const started = now();
  const elapsed = () => `${String(Math.round((now() - started) / 1000))} s`;
  onProgress(message);
  const timer = setInterval(() => {
    onProgress(`${message} (${elapsed()})`);
  }, INTERVAL_MS);
  try {
    const result = await action();
    onProgress(`${message}: done in ${elapsed()}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}
