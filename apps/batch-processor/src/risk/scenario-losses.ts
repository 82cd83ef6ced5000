import type { RiskJob } from '../job/risk-job';

/**
 * The loss of the portfolio in each scenario: `−Σ quantity × price × return`. A gain is negative, a position with a negative quantity is
 * short. Sums positions in the same instrument, and ignores instruments without a position.
 */
export function scenarioLosses({ positions, scenarios: { dates, returns } }: RiskJob): Float64Array {
  const exposures = new Map<string, number>();
  for (const { instrument, quantity, price } of positions) {
    exposures.set(instrument, (exposures.get(instrument) ?? 0) + quantity * price);
  }
  const losses = new Float64Array(dates.length);
  for (const [instrument, dailyReturns] of Object.entries(returns)) {
    const exposure = exposures.get(instrument);
    if (exposure === undefined) continue;
    dailyReturns.forEach((dailyReturn, scenario) => {
      losses[scenario] = Number(losses[scenario]) - exposure * dailyReturn;
    });
  }
  return losses;
}

interface WorstScenario {
  readonly date: string;
  /** In one day; negative where even the worst day was a gain. */
  readonly loss: number;
}

/** The scenario with the largest loss; of equal losses, the earliest day. */
export function worstScenario(dates: readonly string[], losses: Float64Array): WorstScenario {
  return dates
    .map((date, scenario) => ({ date, loss: Number(losses[scenario]) }))
    .reduce((worst, other) =>
      other.loss > worst.loss || (other.loss === worst.loss && other.date < worst.date) ? other : worst,
    );
}
