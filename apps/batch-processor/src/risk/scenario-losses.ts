import type { RiskJob } from '../job/risk-job';

/**
 * What the portfolio loses in each scenario if it repeats itself today: `−Σ quantity × price × return`. A gain is negative, a
 * position of negative quantity is sold short. Positions in the same instrument add up; instruments that nobody holds do not count.
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

/** The scenario that loses most; of several, the earliest day, whatever their order. */
export function worstScenario(dates: readonly string[], losses: Float64Array): WorstScenario {
  return dates
    .map((date, scenario) => ({ date, loss: Number(losses[scenario]) }))
    .reduce((worst, other) =>
      other.loss > worst.loss || (other.loss === worst.loss && other.date < worst.date) ? other : worst,
    );
}
