import { testEnvironment } from '@nightshift/testing';
import { capacityStrategy } from './capacity-strategy';

const strategyOf = (capacity = {}) => capacityStrategy(testEnvironment({ service: { capacity } }).service);

describe('capacity strategy', () => {
  it('R5.2 uses 70 % Spot and 30 % on-demand capacity', () => {
    expect(strategyOf()).toEqual([
      { capacityProvider: 'FARGATE_SPOT', weight: 70, base: 0 },
      { capacityProvider: 'FARGATE', weight: 30, base: 0 },
    ]);
  });

  it('places the first tasks on demand if the environment sets a base', () => {
    expect(strategyOf({ onDemandBase: 2 })[1]).toEqual({ capacityProvider: 'FARGATE', weight: 30, base: 2 });
  });

  it.each([
    [{ spotWeight: 0 }, 'FARGATE'],
    [{ onDemandWeight: 0 }, 'FARGATE_SPOT'],
  ])('omits a provider without weight: %o', (capacity, provider) => {
    expect(strategyOf(capacity).map(({ capacityProvider }) => capacityProvider)).toEqual([provider]);
  });
});
