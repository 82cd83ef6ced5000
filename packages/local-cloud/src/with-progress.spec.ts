import { withProgress } from './with-progress';

describe('withProgress', () => {
  let messages: string[];
  beforeEach(() => {
    jest.useFakeTimers({ now: 0 });
    messages = [];
  });
  afterEach(() => {
    jest.useRealTimers();
  });
  const step = { message: 'installing', now: () => Date.now() };
  const run = <T>(action: () => Promise<T>) =>
    withProgress({ ...step, onProgress: (message) => void messages.push(message) }, action);

  it('reports the elapsed time every 15 seconds, and the total time at the end', async () => {
    const done = run(() => new Promise((resolve) => setTimeout(resolve, 31_400, 'result')));
    await jest.advanceTimersByTimeAsync(31_400);
    expect(await done).toBe('result');
    expect(messages).toEqual(['installing', 'installing (15 s)', 'installing (30 s)', 'installing: done in 31 s']);
  });

  it('reports nothing more after a failure', async () => {
    await expect(run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(messages).toEqual(['installing']);
    expect(jest.getTimerCount()).toBe(0);
  });
});
