import { attributeChanges, type ValueChange } from './attribute-changes';

/** `path: before → after` for each, with `!` where it forces a replacement. */
function changes(change: ValueChange): string[] {
  return attributeChanges(change).map(
    ({ path, before, after, forcesReplacement }) => `${path}: ${before} → ${after}${forcesReplacement ? ' !' : ''}`,
  );
}

describe('what differs between before and after', () => {
  it('is named down to the innermost value', () => {
    expect(
      changes({
        before: { name: 'a', days: 30, tags: { Owner: 'x', 'a b': '1', Same: 's' } },
        after: { name: 'a', days: 60, tags: { Owner: 'y', 'a b': '2', Same: 's' } },
      }),
    ).toEqual(['days: 30 → 60', 'tags.Owner: "x" → "y"', 'tags["a b"]: "1" → "2"']);
  });

  it('may be that a value comes or goes', () => {
    expect(changes({ before: { a: 1, b: null }, after: { b: 2 } })).toEqual(['a: 1 → (none)', 'b: (none) → 2']);
  });

  it('is looked for inside of JSON texts, such as policies and container definitions', () => {
    const definitions = (image: string) => JSON.stringify([{ name: 'batch', image }]);
    expect(
      changes({
        before: { container_definitions: definitions('batch:1'), note: '{broken', list: ' [1]' },
        after: { container_definitions: definitions('batch:2'), note: '{broken too', list: '[2]' },
      }),
    ).toEqual([
      'container_definitions[0].image: "batch:1" → "batch:2"',
      'note: "{broken" → "{broken too"',
      'list: [1] → [2]',
    ]);
  });

  it('says which values are known only after the apply, also those that were not there before', () => {
    expect(
      changes({
        before: { arn: 'arn:1', nested: { id: 'x', name: 'n' } },
        after: { nested: { name: 'n' } },
        after_unknown: { arn: true, nested: { id: true, version: true } },
      }),
    ).toEqual([
      'arn: "arn:1" → (known after apply)',
      'nested.id: "x" → (known after apply)',
      'nested.version: (none) → (known after apply)',
    ]);
  });

  it('hides what is sensitive on either side', () => {
    expect(
      changes({
        before: { password: 'old', token: 't1', deep: [{ key: 'k1', name: 'a' }], same: 's' },
        after: { password: 'new', token: 't2', deep: [{ key: 'k2', name: 'b' }], same: 's' },
        before_sensitive: { password: true, deep: [{ key: true }], same: true },
        after_sensitive: { token: true, deep: [{}], same: true },
      }),
    ).toEqual([
      'password: (sensitive) → (sensitive)',
      'token: (sensitive) → (sensitive)',
      'deep[0].key: (sensitive) → (sensitive)',
      'deep[0].name: "a" → "b"',
    ]);
  });

  it('hides what is sensitive inside of a value that is shown as a whole', () => {
    expect(
      changes({
        before: {},
        after: { user: { name: 'n', password: 'p' } },
        before_sensitive: { user: { password: true } },
        after_sensitive: false,
        after_unknown: { user: { id: true } },
      }),
    ).toEqual(['user: (none) → {"name":"n","password":"(sensitive)","id":"(known after apply)"}']);
  });

  it('compares lists of plain values as a whole', () => {
    expect(changes({ before: { groups: ['a', 'b'] }, after: { groups: ['a', 'c'] } })).toEqual([
      'groups: ["a","b"] → ["a","c"]',
    ]);
  });

  it('does not mind the order of blocks, which are sets', () => {
    const [one, two, three] = [{ port: 1 }, { port: 2 }, { port: 3 }];
    expect(changes({ before: { rule: [one, two] }, after: { rule: [two, one] } })).toEqual([]);
    expect(changes({ before: { rule: [one, two] }, after: { rule: [two, three] } })).toEqual(['rule[1].port: 1 → 3']);
    expect(changes({ before: { rule: [one, two] }, after: { rule: [one] } })).toEqual(['rule[1]: {"port":2} → (none)']);
    expect(changes({ before: { rule: [one] }, after: { rule: [one, three] } })).toEqual([
      'rule[1]: (none) → {"port":3}',
    ]);
  });

  it('marks what cannot be changed in place', () => {
    expect(
      changes({
        before: { name: 'a', names: 'a', definitions: '[{"cpu":1}]', block: [{ size: 1 }], 'x y': 1 },
        after: { name: 'b', names: 'b', definitions: '[{"cpu":2}]', block: [{ size: 2 }], 'x y': 2 },
        replace_paths: [['name'], ['definitions'], ['block', 0, 'size'], ['x y']],
      }),
    ).toEqual([
      'name: "a" → "b" !',
      'names: "a" → "b"',
      'definitions[0].cpu: 1 → 2 !',
      'block[0].size: 1 → 2 !',
      '["x y"]: 1 → 2 !',
    ]);
  });

  it('shortens long values', () => {
    const [line = ''] = changes({ before: { text: '' }, after: { text: 'x'.repeat(200) } });
    expect(line).toBe(`text: "" → "${'x'.repeat(98)}…`);
  });
});
