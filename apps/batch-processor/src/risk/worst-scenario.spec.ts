import { worstScenario } from './worst-scenario';

describe('the worst scenario', () => {
  it('is the one that loses most', () => {
    const dates = ['2024-01-02', '2024-01-03', '2024-01-04'];
    expect(worstScenario(dates, Float64Array.from([-1, 7, 3]))).toEqual({ date: '2024-01-03', loss: 7 });
  });

  it('is the earliest of several, whatever their order', () => {
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
