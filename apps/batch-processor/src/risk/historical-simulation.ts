/** Money, in the currency of the prices. A loss is positive; a negative value is a gain. */
export interface RiskMeasures {
  readonly valueAtRisk: number;
  readonly expectedShortfall: number;
}

/** Tolerance for products of floating-point numbers: 0.55 × 100 is slightly more than 55. */
const ROUNDING = 1e-9;

/**
 * Splits `count` equally likely scenarios at a confidence: `rank` of them, counted from the best, reach up to the quantile, and
 * `tail` (not a whole number in general) is the weight of what is worse than it.
 */
export function quantile(confidence: number, count: number): { readonly rank: number; readonly tail: number } {
  const product = confidence * count;
  const whole = Math.round(product);
  const below = Math.abs(product - whole) < ROUNDING ? whole : product;
  return { rank: Math.ceil(below), tail: count - below };
}

/**
 * Value at risk and expected shortfall of `n` equally likely losses, without a model of their distribution.
 *
 * Value at risk is the lower empirical quantile: the smallest of the losses that at least `confidence × n` scenarios do not exceed,
 * so number ⌈confidence × n⌉ from the best. Nothing is interpolated: it is a loss of a scenario.
 *
 * Expected shortfall is the mean of all quantiles from `confidence` to 1, in the form that holds where several scenarios lose the
 * same: `VaR + Σ max(loss − VaR, 0) / (n × (1 − confidence))`. It is coherent and never below the value at risk.
 * C. Acerbi, D. Tasche, "On the coherence of expected shortfall", https://arxiv.org/abs/cond-mat/0104295
 *
 * @param losses - in any order, at least one
 * @param confidence - above 0 and below 1
 */
export function historicalSimulation(losses: Float64Array, confidence: number): RiskMeasures {
  const { rank, tail } = quantile(confidence, losses.length);
  const tailLosses = losses
    .slice()
    .sort()
    .subarray(rank - 1);
  const valueAtRisk = Number(tailLosses[0]);
  const excess = tailLosses.reduce((sum, loss) => sum + (loss - valueAtRisk), 0);
  return { valueAtRisk, expectedShortfall: valueAtRisk + excess / tail };
}
