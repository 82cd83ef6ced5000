import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { answerJob, type JobAnswer } from './answer-job';
import { answerTo, bytes, rightJob } from './risk-job.fixture';

interface Answered {
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
}

const resultOf = ({ status, body }: JobAnswer): Answered => {
  expect(status).toBe(200);
  return JSON.parse(body) as Answered;
};

const day = (index: number) => new Date(Date.UTC(2024, 0, 1 + index)).toISOString().slice(0, 10);

/** Portfolios of a few instruments, some sold short, with enough scenarios for the default confidence. */
const jobs = fc.integer({ min: 100, max: 130 }).chain((count) => {
  const returns = fc.array(fc.double({ min: -0.3, max: 0.3, noNaN: true }), { minLength: count, maxLength: count });
  const position = fc.record({
    instrument: fc.constantFrom('A', 'B', 'constructor'),
    quantity: fc.integer({ min: -1000, max: 1000 }),
    price: fc.integer({ min: 1, max: 500 }),
  });
  return fc.record({
    positions: fc.array(position, { minLength: 1, maxLength: 6 }),
    scenarios: fc.record({
      dates: fc.constant(Array.from({ length: count }, (_, index) => day(index))),
      returns: fc.record({ A: returns, B: returns, constructor: returns }),
    }),
  });
});

describe('the answer to a job', () => {
  it('matches README.md for the sample job', () => {
    const sample = readFileSync(join(__dirname, '..', '..', 'sample-job.json'));
    expect(resultOf(answerJob(sample))).toMatchObject({ valueAtRisk: 55.25, expectedShortfall: 102 });
  });

  it('contains value at risk, expected shortfall, the number of scenarios and the worst scenario', () => {
    // Losses are -5, 10, -2.5 and 5.
    expect(answerTo(rightJob())).toEqual({
      status: 200,
      body:
        '{"valueAtRisk":-2.5,"expectedShortfall":7.5,"confidence":0.5,"horizonDays":1,"scenarios":4,' +
        '"worstScenario":{"date":"2024-01-03","loss":10}}',
    });
  });

  it('scales with the square root of the horizon, except for the worst scenario, which covers one day', () => {
    expect(JSON.parse(answerTo({ ...rightJob(), horizonDays: 9 }).body)).toEqual({
      valueAtRisk: -7.5,
      expectedShortfall: 22.5,
      confidence: 0.5,
      horizonDays: 9,
      scenarios: 4,
      worstScenario: { date: '2024-01-03', loss: 10 },
    });
  });

  it('uses a confidence of 99 % and a horizon of one day by default', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        expect(answerTo(job)).toEqual(answerTo({ ...job, confidence: 0.99, horizonDays: 1 }));
      }),
      { numRuns: 20 },
    );
  });

  it('is equal for equal bytes, and for the same scenarios in another order', () => {
    const shuffled = jobs.chain((job) => {
      const indexes = job.scenarios.dates.map((_, index) => index);
      return fc.tuple(fc.constant(job), fc.shuffledSubarray(indexes, { minLength: indexes.length }));
    });
    fc.assert(
      fc.property(shuffled, ([job, order]) => {
        const ordered = <T>(list: readonly T[]) => order.map((index) => list[index]);
        const returns = Object.entries(job.scenarios.returns).map(([name, list]) => [name, ordered(list)] as const);
        const other = {
          ...job,
          scenarios: { dates: ordered(job.scenarios.dates), returns: Object.fromEntries(returns) },
        };
        expect(answerTo(job)).toEqual(answerTo(job));
        expect(answerTo(other)).toEqual(answerTo(job));
      }),
      { numRuns: 40 },
    );
  });

  it('has risk times the square root of two for twice the days, and no loss for offsetting positions', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        const one = resultOf(answerTo(job));
        const two = resultOf(answerTo({ ...job, horizonDays: 2 }));
        expect(two.valueAtRisk).toBe(Math.SQRT2 * one.valueAtRisk);
        expect(two.expectedShortfall).toBe(Math.SQRT2 * one.expectedShortfall);
        const owed = job.positions.map((position) => ({ ...position, quantity: -position.quantity }));
        const flat = resultOf(answerTo({ ...job, positions: [...job.positions, ...owed] }));
        expect(flat.expectedShortfall).toBeCloseTo(0, 6);
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['not JSON', bytes('{"positions": [')],
    ['nothing', bytes('')],
    ['not UTF-8', Uint8Array.from([0x22, 0xff, 0x22])],
  ])('reports %s as invalid JSON, without repeating it', (_, body) => {
    expect(answerJob(body)).toEqual({
      status: 400,
      body: '{"problems":["body: is not JSON in UTF-8 - send one object"]}',
    });
  });
});
