import fc from 'fast-check';
import { historicalSimulation, quantile } from './historical-simulation';

const measure = (losses: readonly number[], confidence: number) =>
  historicalSimulation(Float64Array.from(losses), confidence);

/** Thousandths, so that an oracle can count in whole numbers. */
const thousandths = fc.integer({ min: 500, max: 999 });
const losses = fc.array(fc.integer({ min: -1_000_000, max: 1_000_000 }), { minLength: 1, maxLength: 200 });
const amounts = fc.array(fc.double({ min: -1e15, max: 1e15, noNaN: true }), { minLength: 1, maxLength: 200 });
/** What rounding may add up to in sums of such amounts. */
const closeTo = (expected: number, scale: number) => ({
  asymmetricMatch: (got: unknown) => Math.abs(Number(got) - expected) <= 1e-9 * Math.max(1, scale),
});
const largest = (values: readonly number[]) => Math.max(...values.map(Math.abs));

/** By the definitions and without thought: every loss counts for as many equal parts as make the confidence a whole number of them. */
function oracle(values: readonly number[], parts: number) {
  const sorted = [...values].sort((one, other) => one - other);
  const atMost = (loss: number) => values.filter((value) => value <= loss).length;
  const valueAtRisk = sorted.find((loss) => 1000 * atMost(loss) >= parts * values.length) ?? NaN;
  const worst = sorted
    .reverse()
    .flatMap((loss) => Array<number>(1000).fill(loss))
    .slice(0, (1000 - parts) * values.length);
  return { valueAtRisk, expectedShortfall: worst.reduce((sum, loss) => sum + loss, 0) / worst.length };
}

describe('historical simulation', () => {
  it('returns the loss that the given share of scenarios does not exceed, and the mean of the worse losses', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(measure(hundred, 0.95)).toEqual({ valueAtRisk: 95, expectedShortfall: 98 });
    expect(measure(hundred, 0.99)).toEqual({ valueAtRisk: 99, expectedShortfall: 100 });
  });

  it('counts the part of a scenario that is in the tail', () => {
    // 0.75 × 10 = 7.5: the eighth is the quantile, and half of it belongs to the tail of 2.5.
    expect(measure([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.75)).toEqual({
      valueAtRisk: 8,
      expectedShortfall: (8 * 0.5 + 9 + 10) / 2.5,
    });
  });

  it('rounds 0.55 × 100 to 55 scenarios, although it is slightly more in floating point', () => {
    expect(0.55 * 100).toBeGreaterThan(55);
    expect(quantile(0.55, 100)).toEqual({ rank: 55, tail: 45 });
  });

  it('returns a negative value if even the bad days are gains', () => {
    expect(measure([-3, -2, -4, -1], 0.5)).toEqual({ valueAtRisk: -3, expectedShortfall: -1.5 });
  });

  it('does not change the order of the losses', () => {
    const given = Float64Array.from([3, 1, 2]);
    historicalSimulation(given, 0.5);
    expect([...given]).toEqual([3, 1, 2]);
  });

  it('equals the definitions in integer arithmetic', () => {
    fc.assert(
      fc.property(losses, thousandths, (values, parts) => {
        const { valueAtRisk, expectedShortfall } = measure(values, parts / 1000);
        const expected = oracle(values, parts);
        expect(valueAtRisk).toBe(expected.valueAtRisk);
        expect(expectedShortfall).toEqual(closeTo(expected.expectedShortfall, largest(values)));
      }),
      { numRuns: 60 },
    );
  });

  it('does not decrease when the confidence increases', () => {
    fc.assert(
      fc.property(amounts, thousandths, thousandths, (values, one, other) => {
        const low = measure(values, Math.min(one, other) / 1000);
        const high = measure(values, Math.max(one, other) / 1000);
        expect(high.valueAtRisk).toBeGreaterThanOrEqual(low.valueAtRisk);
        const rounding = 1e-9 * largest(values);
        expect(high.expectedShortfall).toBeGreaterThanOrEqual(low.expectedShortfall - rounding);
      }),
    );
  });

  it('never returns an expected shortfall below the value at risk or above the worst loss', () => {
    fc.assert(
      fc.property(amounts, thousandths, (values, parts) => {
        const { valueAtRisk, expectedShortfall } = measure(values, parts / 1000);
        expect(expectedShortfall).toBeGreaterThanOrEqual(valueAtRisk);
        expect(expectedShortfall).toBeLessThanOrEqual(Math.max(...values) + 1e-9 * largest(values));
      }),
    );
  });

  it('does not depend on the order of the scenarios, down to the last bit', () => {
    const shuffled = amounts.chain((values) =>
      fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length })),
    );
    fc.assert(
      fc.property(shuffled, thousandths, ([values, others], parts) => {
        expect(measure(others, parts / 1000)).toEqual(measure(values, parts / 1000));
      }),
    );
  });

  it('scales with the portfolio, and shifts by a constant loss', () => {
    const factors = fc.double({ min: 0, max: 1000, noNaN: true });
    fc.assert(
      fc.property(losses, thousandths, factors, fc.integer({ min: -1e6, max: 1e6 }), (values, parts, factor, shift) => {
        const { valueAtRisk, expectedShortfall } = measure(values, parts / 1000);
        const scaled = values.map((loss) => factor * loss + shift);
        const scale = largest([...scaled, ...values.map((loss) => factor * loss), shift]);
        expect(measure(scaled, parts / 1000)).toEqual({
          valueAtRisk: closeTo(factor * valueAtRisk + shift, scale),
          expectedShortfall: closeTo(factor * expectedShortfall + shift, scale),
        });
      }),
    );
  });
});
