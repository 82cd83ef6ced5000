import { scenarioLosses, worstScenario } from './scenario-losses';

const dates = ['2024-01-02', '2024-01-03'];

const rest = { confidence: 0.5, horizonDays: 1 };

describe('losses of the scenarios', () => {
  it('are quantity times price times return, summed over positions in the same instrument', () => {
    const positions = [
      { instrument: 'A', quantity: 10, price: 2 },
      { instrument: 'B', quantity: -4, price: 5 },
      { instrument: 'A', quantity: 5, price: 2 },
    ];
    const returns = { A: [0.5, -0.25], B: [0.25, 0], UNUSED: [1, 1] };
    expect([...scenarioLosses({ positions, scenarios: { dates, returns }, ...rest })]).toEqual([-10, 7.5]);
  });

  it('are zero, not minus zero, without a price change', () => {
    const positions = [{ instrument: 'A', quantity: 10, price: 2 }];
    expect([...scenarioLosses({ positions, scenarios: { dates, returns: { A: [0, -0] } }, ...rest })]).toEqual([0, 0]);
  });
});

describe('the worst scenario', () => {
  it('has the greatest loss', () => {
    const dates = ['2024-01-02', '2024-01-03', '2024-01-04'];
    expect(worstScenario(dates, Float64Array.from([-1, 7, 3]))).toEqual({ date: '2024-01-03', loss: 7 });
  });

  it('is the earliest one of equal losses, in any order', () => {
    const losses = Float64Array.from([7, 7, 7]);
    for (const dates of [
      ['2024-01-02', '2024-01-03', '2024-01-04'],
      ['2024-01-04', '2024-01-02', '2024-01-03'],
      ['2024-01-03', '2024-01-04', '2024-01-02'],
    ]) {
      expect(worstScenario(dates, losses)).toEqual({ date: '2024-01-02', loss: 7 });
    }
  });
});
