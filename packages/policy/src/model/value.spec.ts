import { at, blocks, isUnknown, parsed, shown, texts, valueOnWay, valuesAt } from './value';

describe('reading values', () => {
  it('accepts a single block, a list of one and a list of several', () => {
    expect(blocks({ a: 1 })).toEqual([{ a: 1 }]);
    expect(blocks([{ a: 1 }, 'no block', { a: 2 }])).toEqual([{ a: 1 }, { a: 2 }]);
    expect([blocks(undefined), blocks('text'), blocks(null)]).toEqual([[], [], []]);
  });

  it('follows a path into blocks, the first of several', () => {
    const value = { encryption: [{ kms: { key: 'k' } }, { kms: { key: 'other' } }], off: false, none: null };
    expect(at(value, 'encryption.kms.key')).toBe('k');
    expect(at(value, 'off')).toBe(false);
    expect([at(value, 'none'), at(value, 'missing.key'), at(undefined, 'a')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('treats one text as a list of one', () => {
    expect([texts('a'), texts(['a', 1, 'b']), texts(undefined)]).toEqual([['a'], ['a', 'b'], []]);
  });

  it('parses JSON with tokens, and returns undefined for other text', () => {
    expect(parsed('{"a":"${aws_vpc.Main.arn}:*"}')).toEqual({ a: '${aws_vpc.Main.arn}:*' });
    expect([parsed('${aws_vpc.Main.arn}'), parsed(undefined)]).toEqual([undefined, undefined]);
  });

  it('formats a value for a message', () => {
    expect([shown('a'), shown(false), shown([1, 'b']), shown(undefined), shown(null)]).toEqual([
      'a',
      'false',
      '[1,"b"]',
      'none',
      'none',
    ]);
  });
});

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

  it('are empty for undefined', () => {
    expect(valuesAt(undefined, 'name')).toEqual([]);
  });
});

describe('a value that is unknown until apply', () => {
  it('is a text with an expression, but not with an escaped one', () => {
    expect(['${a.b.c}', 'x-${a.b.c}', '$$${a}'].map(isUnknown)).toEqual([true, true, true]);
    expect(['$${aws:userid}', 'plain', 1, undefined].map(isUnknown)).toEqual([false, false, false, false]);
  });

  it('can be a block on the path to an attribute', () => {
    expect(valueOnWay({ a: '${x.y.z}' }, 'a.b')).toBe('${x.y.z}');
    expect(valueOnWay({ a: [{ b: 1 }] }, 'a.b')).toBe(1);
    expect(valueOnWay({ a: { b: null } }, 'a.b')).toBeUndefined();
  });
});
