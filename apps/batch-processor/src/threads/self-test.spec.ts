import { inProcessThread } from './in-process-thread.fixture';
import { selfTest } from './self-test';
import { ThreadPool } from './thread-pool';

describe('self-test', () => {
  it('passes where the calculation is right', async () => {
    await expect(selfTest(new ThreadPool({ size: 1, startThread: inProcessThread }))).resolves.toBeUndefined();
  });

  it('fails where it is not', async () => {
    const pool = { run: () => Promise.resolve({ status: 200, body: '{"valueAtRisk":0}' } as const) };
    await expect(selfTest(pool)).rejects.toThrow('the calculation gave {"valueAtRisk":0}');
  });

  it('fails where nothing can be calculated', async () => {
    const pool = { run: () => Promise.reject(new Error('the thread ended with code 1')) };
    await expect(selfTest(pool)).rejects.toThrow('the thread ended with code 1');
  });
});
