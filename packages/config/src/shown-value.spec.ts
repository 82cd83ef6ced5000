import { shownValue } from './shown-value';

describe('shownValue', () => {
  it.each([
    ['text in quotes', 'abc', '"abc"'],
    ['text that looks like a number in quotes', '300', '"300"'],
    ['a line break as an escape', 'a\nb', '"a\\nb"'],
    ['a number', 300, '300'],
    ['true', true, 'true'],
    ['a list by its kind', ['secret'], 'a list'],
    ['an empty list', [], 'an empty list'],
    ['a map by its kind', { key: 'secret' }, 'a map'],
    ['the beginning of a long text', 'x'.repeat(81), `"${'x'.repeat(80)}..."`],
    ['80 characters whole', 'x'.repeat(80), `"${'x'.repeat(80)}"`],
  ])('shows %s', (_, value, shown) => expect(shownValue(value)).toBe(shown));

  it('returns nothing for undefined', () => {
    expect([shownValue(undefined), shownValue(null)]).toEqual([undefined, undefined]);
  });
});
