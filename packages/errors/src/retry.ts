export interface RetryOptions {
  /** Maximum number of attempts. */
  readonly attempts: number;
  /** Whether another attempt can succeed after this error. @default - after every error */
  readonly retryable?: (error: unknown) => boolean;
  /** Waits after a failed attempt, the first of which is 1. @default - does not wait */
  readonly pause?: (attempt: number) => Promise<unknown>;
}

/** Runs `work` until it succeeds. @throws the error of the last attempt, or the first one that is not retryable. */
export async function retry<T>(
  work: () => Promise<T>,
  { attempts, retryable = () => true, pause }: RetryOptions,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (attempt === attempts || !retryable(error)) throw error;
    }
    await pause?.(attempt);
  }
}
