import { answerJob, type JobAnswer } from './answer-job';

/** A valid job: 10 shares of A at 2, in four scenarios. */
export const rightJob = () => ({
  positions: [{ instrument: 'A', quantity: 10, price: 2 }],
  scenarios: {
    dates: ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'],
    returns: { A: [0.25, -0.5, 0.125, -0.25] },
  },
  confidence: 0.5,
});

export const A = { instrument: 'A', quantity: 1, price: 1 };

export const withPosition = (position: unknown) => ({ ...rightJob(), positions: [position] });

export const withScenarios = (scenarios: object) => ({
  ...rightJob(),
  scenarios: { ...rightJob().scenarios, ...scenarios },
});

export const bytes = (text: string) => new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>;

export const answerTo = (job: unknown): JobAnswer => answerJob(bytes(JSON.stringify(job)));

/** The problems of a job in the response. */
export function problemsOf(job: unknown): readonly string[] {
  const { status, body } = answerTo(job);
  expect(status).toBe(400);
  return (JSON.parse(body) as { readonly problems: readonly string[] }).problems;
}
