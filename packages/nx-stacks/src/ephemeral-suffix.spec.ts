import { ephemeralSuffix } from './ephemeral-suffix';

describe('the suffix of an ephemeral environment', () => {
  it('is what ENVIRONMENT_SUFFIX says; an empty one counts as none', () => {
    expect(ephemeralSuffix({ ENVIRONMENT_SUFFIX: 'pr-123' })).toBe('pr-123');
    expect(ephemeralSuffix({ ENVIRONMENT_SUFFIX: '' })).toBeUndefined();
    expect(ephemeralSuffix({})).toBeUndefined();
  });
});
