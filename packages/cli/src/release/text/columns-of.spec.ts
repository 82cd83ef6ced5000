import { columnsOf } from './columns-of';

describe('columnsOf', () => {
  it.each([
    ['a', 1],
    ['ü', 1],
    ['█', 1],
    ['計', 2],
    ['한', 2],
    ['🔥', 2],
    ['\u0301', 0],
    ['\uFE0F', 0],
  ])('%s takes %i', (character, columns) => {
    expect(columnsOf(character)).toBe(columns);
  });
});
