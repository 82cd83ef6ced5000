import { inWorkspace } from './testing/temporary-workspace';
import { workspacePackages } from './workspace-package';

describe('workspace packages', () => {
  it('are the folders with a package.json; what they need is what is in the workspace too', async () => {
    const files = {
      'apps/compute/package.json': {
        name: '@nightshift/compute',
        nx: { name: 'compute' },
        dependencies: { '@nightshift/naming': '*', cdktf: '0.21.0' },
      },
      'apps/unfinished/src/index.ts': '',
      'packages/naming/package.json': { name: '@nightshift/naming' },
    };
    expect(await inWorkspace(files, workspacePackages)).toEqual([
      { root: 'apps/compute', project: 'compute', needs: ['packages/naming'] },
      { root: 'packages/naming', project: '@nightshift/naming', needs: [] },
    ]);
  });
});
