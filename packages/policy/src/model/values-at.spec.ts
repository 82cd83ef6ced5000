import { valuesAt } from './values-at';

describe('values at a path', () => {
  const attributes = {
    name: 'a',
    rule: [{ by: { of: 1 } }, { by: [{ of: 2 }, { of: null }] }],
    actions: ['x', 'y'],
    tags: { Owner: 'me', Gone: null },
    json: '[{"deep":{"name":"n"}},{}]',
  };

  it.each([
    ['name', ['a']],
    ['rule.by.of', [1, 2]],
    ['actions', [['x', 'y']]],
    ['tags', [{ Owner: 'me', Gone: null }]],
    ['tags#key', ['Owner', 'Gone']],
    ['tags#value', ['me']],
    ['name#key', []],
    ['json{}.deep.name', ['n']],
    ['name{}.deep', []],
    ['other.by', []],
  ])('%s', (path, expected) => {
    expect(valuesAt(attributes, path)).toEqual(expected);
  });

  it('are none of nothing', () => {
    expect(valuesAt(undefined, 'name')).toEqual([]);
  });
});
