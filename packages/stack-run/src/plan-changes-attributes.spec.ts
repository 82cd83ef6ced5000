import { attributeChanges, type ValueChange } from './plan-changes';

/** `path: before → after` for each, with `!` where it forces a replacement. */
function changes(change: ValueChange): string[] {
  return attributeChanges(change).map(
    ({ path, before, after, forcesReplacement }) => `${path}: ${before} → ${after}${forcesReplacement ? ' !' : ''}`,
  );
}

describe('attributeChanges', () => {
  it('returns paths to the innermost values', () => {
    expect(
      changes({
        before: { name: 'a', days: 30, tags: { Owner: 'x', 'a b': '1', Same: 's' } },
        after: { name: 'a', days: 60, tags: { Owner: 'y', 'a b': '2', Same: 's' } },
      }),
    ).toEqual(['days: 30 → 60', 'tags.Owner: "x" → "y"', 'tags["a b"]: "1" → "2"']);
  });

  it('returns added and removed values', () => {
    expect(changes({ before: { a: 1, b: null }, after: { b: 2 } })).toEqual(['a: 1 → (none)', 'b: (none) → 2']);
  });

  it('compares the content of JSON texts, such as policies and container definitions', () => {
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

  it('marks values that are known after apply, also new ones', () => {
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

  it('hides sensitive values on either side', () => {
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

  it('hides sensitive parts of a value that is shown as a whole', () => {
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

  it('ignores the order of blocks, which are sets', () => {
    const [one, two, three] = [{ port: 1 }, { port: 2 }, { port: 3 }];
    expect(changes({ before: { rule: [one, two] }, after: { rule: [two, one] } })).toEqual([]);
    expect(changes({ before: { rule: [one, two] }, after: { rule: [two, three] } })).toEqual(['rule[1].port: 1 → 3']);
    expect(changes({ before: { rule: [one, two] }, after: { rule: [one] } })).toEqual(['rule[1]: {"port":2} → (none)']);
    expect(changes({ before: { rule: [one] }, after: { rule: [one, three] } })).toEqual([
      'rule[1]: (none) → {"port":3}',
    ]);
  });

  it('names the variables and secrets of a container', () => {
    const definitions = (environment: readonly object[], secrets: readonly object[] = []) => ({
      container_definitions: JSON.stringify([{ name: 'batch', environment, secrets }]),
    });
    const path = 'container_definitions[0]';
    const level = (value: string) => ({ name: 'LOG_LEVEL', value });
    const mode = { name: 'MODE', value: 'fast' };
    const token = (valueFrom: string) => [{ name: 'TOKEN', valueFrom }];
    expect(
      changes({
        before: definitions([mode, level('info')], token('arn:1')),
        after: definitions([level('debug'), mode], token('arn:2')),
        replace_paths: [['container_definitions']],
      }),
    ).toEqual([`${path}.environment.LOG_LEVEL: "info" → "debug" !`, `${path}.secrets.TOKEN: "arn:1" → "arn:2" !`]);
    expect(changes({ before: definitions([level('info')]), after: definitions([mode]) })).toEqual([
      `${path}.environment.LOG_LEVEL: "info" → (none)`,
      `${path}.environment.MODE: (none) → "fast"`,
    ]);
    expect(
      changes({ before: definitions([level('info'), level('warn')]), after: definitions([level('info'), mode]) }),
    ).toEqual([`${path}.environment[1].name: "LOG_LEVEL" → "MODE"`, `${path}.environment[1].value: "warn" → "fast"`]);
    expect(changes({ before: { list: [level('info'), 'x'] }, after: { list: [level('debug'), 'x'] } })).toEqual([
      'list[0].value: "info" → "debug"',
    ]);
    expect(changes({ before: { list: [{ name: 'a' }] }, after: { list: [{ name: 'b' }] } })).toEqual([
      'list[0].name: "a" → "b"',
    ]);
  });

  it('omits a change from empty to none, unless it forces a replacement', () => {
    const before = { ipc_mode: '', tags: {}, definitions: '[{"cpu":1,"volumesFrom":[]}]', pid_mode: null };
    const after = { ipc_mode: null, definitions: '[{"cpu":2}]', pid_mode: '' };
    expect(changes({ before, after, replace_paths: [['definitions']] })).toEqual(['definitions[0].cpu: 1 → 2 !']);
    expect(changes({ before: { name: '' }, after: { name: null }, replace_paths: [['name']] })).toEqual([
      'name: "" → (none) !',
    ]);
  });

  it('marks attributes that force a replacement', () => {
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
