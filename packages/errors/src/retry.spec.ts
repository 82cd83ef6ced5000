import { retry, type RetryOptions } from './retry';

/** Work that fails with these errors, one after the other, and then succeeds. */
function run(errors: readonly string[], options: Partial<RetryOptions> = {}) {
  const left = [...errors];
  const work = () => {
    const error = left.shift();
    return error === undefined ? Promise.resolve('done') : Promise.reject(new Error(error));
  };
  return retry(work, { attempts: 3, ...options });
}

describe('retry', () => {
  it('repeats work until it succeeds', async () => {
    await expect(run(['throttled', 'throttled'])).resolves.toBe('done');
  });

  it('gives up after the last attempt', async () => {
    await expect(run(['throttled 1', 'throttled 2', 'throttled 3'])).rejects.toThrow('throttled 3');
  });

  it('does not repeat work after an error that is not retryable', async () => {
    await expect(run(['denied', 'throttled'], { retryable: () => false })).rejects.toThrow('denied');
  });

  it('waits between two attempts', async () => {
    const pauses: number[] = [];
    const pause = (attempt: number) => Promise.resolve(pauses.push(attempt));
    await run(['throttled', 'throttled'], { pause });
    expect(pauses).toEqual([1, 2]);
  });
});
