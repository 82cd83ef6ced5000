import { dependentsOf } from './dependents-of';

const packages = [
  { root: 'apps/observability', project: 'observability', needs: ['apps/compute'] },
  { root: 'apps/compute', project: 'compute', needs: ['packages/between', 'apps/registry'] },
  { root: 'packages/between', project: 'between', needs: ['apps/network'] },
  { root: 'apps/network', project: 'network', needs: [] },
  { root: 'apps/registry', project: 'registry', needs: [] },
];

describe('dependents (R0.4)', () => {
  it('finds packages that need it directly or through others, whatever their order', () => {
    expect(dependentsOf('apps/network', packages)).toEqual(['apps/observability', 'apps/compute', 'packages/between']);
  });

  it('leaves out what does not need it', () => {
    expect(dependentsOf('apps/registry', packages)).toEqual(['apps/observability', 'apps/compute']);
    expect(dependentsOf('apps/observability', packages)).toEqual([]);
  });

  it('ends where packages need each other', () => {
    const [a, b] = [
      { root: 'a', project: 'a', needs: ['b'] },
      { root: 'b', project: 'b', needs: ['a'] },
    ];
    expect(dependentsOf('a', [a, b])).toEqual(['b']);
  });
});
