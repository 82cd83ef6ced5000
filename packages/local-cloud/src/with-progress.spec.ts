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

  it('reports the elapsed time every five seconds, and the total time at the end', async () => {
    const done = run(() => new Promise((resolve) => setTimeout(resolve, 12_400, 'result')));
    await jest.advanceTimersByTimeAsync(12_400);
    expect(await done).toBe('result');
    expect(messages).toEqual(['installing', 'installing (5 s)', 'installing (10 s)', 'installing: done in 12 s']);
  });

  it('reports nothing more after a failure', async () => {
    await expect(run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(messages).toEqual(['installing']);
    expect(jest.getTimerCount()).toBe(0);
  });
});
