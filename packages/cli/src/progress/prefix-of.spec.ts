import { prefixOf } from './prefix-of';

describe('the prefix of a line', () => {
  it('is as wide for every stack of the environment', () => {
    expect(prefixOf({ name: 'network', siblings: ['network', 'observability'] })).toBe('network        ');
    expect(prefixOf({ name: 'observability', siblings: ['network', 'observability'] })).toBe('observability  ');
  });
});
