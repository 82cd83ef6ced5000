import { dependentStacks } from './dependent-stacks';

const manifest = new Map([
  ['observability', ['compute']],
  ['compute', ['between', 'registry']],
  ['between', ['network']],
  ['network', []],
  ['registry', []],
]);

describe('dependentStacks (R0.4)', () => {
  it('include stacks that depend on it directly or indirectly, in any order', () => {
    expect(dependentStacks(manifest, ['network'])).toEqual(['observability', 'compute', 'between']);
  });

  it('omit stacks that do not depend on it', () => {
    expect(dependentStacks(manifest, ['registry'])).toEqual(['observability', 'compute']);
    expect(dependentStacks(manifest, ['observability'])).toEqual([]);
  });

  it('accept circular dependencies', () => {
    const circle = new Map([
      ['a', ['b']],
      ['b', ['a']],
    ]);
    expect(dependentStacks(circle, ['a'])).toEqual(['b']);
  });
});
