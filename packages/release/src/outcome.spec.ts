import { exitCodeOf } from './outcome';

describe('exitCodeOf', () => {
  it('returns a different code for every outcome', () => {
    expect(exitCodeOf({ kind: 'succeeded' })).toBe(0);
    expect(exitCodeOf({ kind: 'refused', problems: [] })).toBe(1);
    expect(exitCodeOf({ kind: 'rolled-back', cause: 'a gate' })).toBe(10);
    expect(exitCodeOf({ kind: 'rollback-failed', cause: 'a gate' })).toBe(11);
    expect(exitCodeOf({ kind: 'stopped' })).toBe(12);
    expect(exitCodeOf({ kind: 'detached' })).toBe(13);
  });
});
