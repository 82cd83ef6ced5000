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
