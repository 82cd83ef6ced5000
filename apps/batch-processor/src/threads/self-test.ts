import { isDeepStrictEqual } from 'node:util';
import { UserError } from '@nightshift/errors';
import type { ThreadPool } from './thread-pool';

/** A portfolio that is long one instrument and short another, small enough to be calculated by hand. */
const job = {
  positions: [
    { instrument: 'LONG', quantity: 10, price: 100 },
    { instrument: 'SHORT', quantity: -5, price: 80 },
  ],
  scenarios: {
    dates: ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'],
    returns: { LONG: [0.25, -0.5, 0.125, -0.25], SHORT: [0.5, -0.25, 0.125, 0.25] },
  },
  confidence: 0.5,
  horizonDays: 4,
};

/** Losses are −50, 400, −75 and 350. The second from the best is −50; the mean of the worse half is 375; both double in four days. */
const answer = {
  valueAtRisk: -100,
  expectedShortfall: 750,
  confidence: 0.5,
  horizonDays: 4,
  scenarios: 4,
  worstScenario: { date: '2024-01-03', loss: 400 },
};

/**
 * Sends a job with a known answer through a thread. The answer can have more fields than the known one.
 * @throws {UserError} when the answer differs
 * @throws {Error} when the thread ends
 */
export async function selfTest(pool: Pick<ThreadPool, 'run'>): Promise<void> {
  const { body } = await pool.run(new TextEncoder().encode(JSON.stringify(job)) as Uint8Array<ArrayBuffer>);
  const got = JSON.parse(body) as Record<string, unknown>;
  if (isDeepStrictEqual({ ...got, ...answer }, got)) return;
  throw new UserError({
    where: 'self-test (src/threads/self-test.ts)',
    what: `the calculation must answer ${JSON.stringify(answer)}`,
    got: body,
    todo: 'correct the calculation, or the answer that the self-test expects',
  });
}
