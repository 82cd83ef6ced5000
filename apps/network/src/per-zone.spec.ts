import { perZone } from './per-zone';

describe('one value for each zone', () => {
  it('R1.1 returns three values, in the order of the zones', () => {
    expect(perZone((zone) => `zone ${zone}`)).toEqual(['zone 0', 'zone 1', 'zone 2']);
  });
});
