export interface WorstScenario {
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
