import { about } from './about';

describe('about', () => {
  it.each([
    [-5, '1 s'],
    [40_400, '40 s'],
    [119_000, '119 s'],
    [120_000, '2 min'],
    [2_580_000, '43 min'],
    [7_200_000, '120 min'],
  ])('%i milliseconds are about %s', (milliseconds, text) => {
    expect(about(milliseconds)).toBe(text);
  });
});
