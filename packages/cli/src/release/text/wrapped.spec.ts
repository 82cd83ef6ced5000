import { wrapped } from './wrapped';

describe('wrapped', () => {
  it.each([
    ['one two', 10, ['one two']],
    ['one two three', 8, ['one two', 'three']],
    ['one two three four five', 8, ['one two', 'three four five']],
    ['unbreakable text', 4, ['unbreakable', 'text']],
    ['', 4, ['']],
  ])('%s', (text, width, lines) => {
    expect(wrapped(text, width, 2)).toEqual(lines);
  });
});
