import { dimensionSources, metrics } from './metrics';

const series = Object.values(metrics).flatMap((named) => Object.values(named).flat());

describe('the table of metrics', () => {
  it('has sorted dimensions, so that they can be compared', () => {
    for (const dimensions of series) expect(dimensions).toEqual([...dimensions].sort());
  });

  it('has the attribute of the resource for each dimension', () => {
    expect([...new Set(series.flat())].filter((name) => !(name in dimensionSources)).sort()).toEqual([
      'AvailabilityZone',
      'ContainerName',
    ]);
  });
});
