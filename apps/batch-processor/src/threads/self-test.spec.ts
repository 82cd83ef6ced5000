import { inProcessThread } from './in-process-thread.fixture';
import { selfTest } from './self-test';
import { ThreadPool } from './thread-pool';

describe('self-test', () => {
  it('passes if the calculation is correct', async () => {
    await expect(selfTest(new ThreadPool({ size: 1, startThread: inProcessThread }))).resolves.toBeUndefined();
  });

  it('passes if the answer has additional fields', async () => {
    const pool = new ThreadPool({ size: 1, startThread: inProcessThread });
    const run: ThreadPool['run'] = async (job) => {
      const { body, ...rest } = await pool.run(job);
      return { ...rest, body: JSON.stringify({ note: 'edited', ...(JSON.parse(body) as object) }) };
    };
    await expect(selfTest({ run })).resolves.toBeUndefined();
  });

  it.each(['{"valueAtRisk":0}', 'null'])('reports the expected answer if the answer is %s', async (body) => {
    const pool = { run: () => Promise.resolve({ status: 200, body } as const) };
    await expect(selfTest(pool)).rejects.toThrow(
      `self-test (src/threads/self-test.ts): the calculation must answer {"valueAtRisk":-100,"expectedShortfall":750,"confidence":0.5,"horizonDays":4,"scenarios":4,"worstScenario":{"date":"2024-01-03","loss":400}}, got ${body} - correct the calculation, or the answer that the self-test expects`,
    );
  });

  it('fails if the calculation fails', async () => {
    const pool = { run: () => Promise.reject(new Error('the thread ended with code 1')) };
    await expect(selfTest(pool)).rejects.toThrow('the thread ended with code 1');
  });
});
