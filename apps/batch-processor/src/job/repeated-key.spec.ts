import { answerJob } from './answer-job';
import { answerTo, bytes, rightJob } from './risk-job.fixture';

describe('a job', () => {
  it.each([
    ['returns', '"returns":{"A":[0.25', '"returns":{"A":[0],"A":[0.25', 'A'],
    ['an escaped name', '"returns":{"A":[0.25', '"returns":{"\\u0041":[0],"A":[0.25', 'A'],
    ['a position', '"quantity":10', '"quantity":10,"quantity": 20', 'quantity'],
    [
      'a value that is thrown away',
      '{"positions"',
      '{"positions":{"a":{"b":{"c":{"d":{"d":1}}}}},"positions"',
      'positions',
    ],
    ['confidence', '"confidence":0.5', '"confidence" :0.9,"confidence":0.5', 'confidence'],
  ])('has a duplicate key in one object: %s', (_, once, twice, key) => {
    const text = JSON.stringify(rightJob());
    expect(text).toContain(once);
    expect(answerJob(bytes(text.replace(once, twice)))).toEqual({
      status: 400,
      body: JSON.stringify({
        problems: [`body: has a key twice in one object, got ${JSON.stringify(key)} - send it once`],
      }),
    });
  });

  it('does not include one with the same key in several objects, or with text that looks like a key', () => {
    const { positions, scenarios } = rightJob();
    const name = 'A": {"A';
    const job = {
      positions: [...positions, ...positions, { instrument: name, quantity: 1, price: 1 }],
      scenarios: { ...scenarios, returns: { ...scenarios.returns, [name]: scenarios.returns.A } },
      confidence: 0.5,
    };
    expect(answerTo(job).status).toBe(200);
  });
});
