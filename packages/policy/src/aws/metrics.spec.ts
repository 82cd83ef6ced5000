import { dimensionSources, metrics } from './metrics';

const series = Object.values(metrics).flatMap((named) => Object.values(named).flat());

describe('the table of metrics', () => {
  it('has the dimensions of each series in order, so that they can be compared', () => {
    for (const dimensions of series) expect(dimensions).toEqual([...dimensions].sort());
  });

  it('knows where the dimensions come from that name a resource', () => {
    expect([...new Set(series.flat())].filter((name) => !(name in dimensionSources)).sort()).toEqual([
      'AvailabilityZone',
      'ContainerName',
    ]);
  });
});
