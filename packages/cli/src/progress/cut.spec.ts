import { cut } from './cut';

describe('cut', () => {
  it('leaves text that fits', () => {
    expect(cut('12345', 5)).toBe('12345');
  });

  it('shortens text to the width', () => {
    expect(cut('123456', 5)).toBe('1234…');
  });

  it('gives no more than a sign where there is no room', () => {
    expect(cut('123456', -3)).toBe('…');
  });
});
