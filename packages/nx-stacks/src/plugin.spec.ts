import type { CreateNodesResultArray } from '@nx/devkit';
import { createNodes, workspacePackages } from './plugin';
import { environmentNames } from './requested-run';
import { inWorkspace } from './testing/temporary-workspace';

const app = (name: string, ...needs: string[]) => ({
  name: `@nightshift/${name}`,
  nx: { name },
  dependencies: Object.fromEntries(needs.map((need) => [`@nightshift/${need}`, '*'])),
});

const files = {
  'environments/dev.yaml': '',
  'environments/preview.yaml': '',
  'apps/network/package.json': app('network'),
  'apps/compute/package.json': app('compute', 'network'),
  'apps/observability/package.json': app('observability', 'compute'),
  'apps/platform/package.json': app('platform', 'network', 'compute', 'observability'),
};

const sources = [
  'apps/compute/src/compute-stack.ts',
  'apps/network/src/network-stack.ts',
  'apps/observability/src/observability-stack.ts',
  'apps/platform/src/build-platform.ts',
];

/** The targets of each project that the plugin returns. */
async function inferred(paths: readonly string[] = sources) {
  const results = await inWorkspace<CreateNodesResultArray>({ ...files, 'packages/.keep': '' }, (workspaceRoot) =>
    createNodes[1](paths, undefined, { workspaceRoot, nxJsonConfiguration: {} }),
  );
  return Object.assign({}, ...results.map(([, { projects }]) => projects)) as Record<
    string,
    { targets: Record<string, { dependsOn?: unknown[]; configurations: Record<string, { suffix?: string }> }> }
  >;
}

describe('the inferred projects and targets', () => {
  const { ENVIRONMENT_SUFFIX } = process.env;

  beforeEach(() => {
    delete process.env['ENVIRONMENT_SUFFIX'];
  });

  afterAll(() => {
    if (ENVIRONMENT_SUFFIX !== undefined) process.env['ENVIRONMENT_SUFFIX'] = ENVIRONMENT_SUFFIX;
  });

  it('include a project for every app with a stack, and the one that synthesizes them', async () => {
    const projects = await inferred();
    expect(Object.keys(projects)).toEqual(['apps/compute', 'apps/network', 'apps/observability', 'apps/platform']);
    expect(Object.keys(projects['apps/network']!.targets)).toContain('deploy');
    expect(Object.keys(projects['apps/platform']!.targets)).toEqual(['synth', 'synth-skip-policy']);
  });

  it('have a configuration for each environment file (R0.11)', async () => {
    const { targets } = (await inferred())['apps/network']!;
    expect(Object.keys(targets['plan']!.configurations)).toEqual(['dev', 'preview']);
  });

  it('prepare a stack that depends on an indirect dependency, and no other stack', async () => {
    const projects = await inferred();
    const withPrepare = Object.entries(projects).filter(([, { targets }]) => 'prepare' in targets);
    expect(withPrepare.map(([root]) => root)).toEqual(['apps/observability']);
    expect(projects['apps/observability']!.targets['deploy']!.dependsOn).toContainEqual({
      target: 'prepare',
      params: 'forward',
    });
  });

  it('destroy all dependents of a stack first, but not the app that builds them (R0.4)', async () => {
    const { targets } = (await inferred())['apps/network']!;
    expect(targets['destroy']!.dependsOn).toContainEqual({
      projects: ['compute', 'observability'],
      target: 'destroy',
      params: 'forward',
    });
  });

  it('write to the folder of the suffix; an empty one counts as not set', async () => {
    const suffixes = async () => (await inferred())['apps/platform']!.targets['synth']!.configurations;
    process.env['ENVIRONMENT_SUFFIX'] = 'pr-123';
    expect(await suffixes()).toMatchObject({ preview: { suffix: 'pr-123' } });
    process.env['ENVIRONMENT_SUFFIX'] = '';
    expect(await suffixes()).toMatchObject({ preview: { suffix: 'preview' } });
  });

  it('include two release targets for the stack with the service (R10.5)', async () => {
    const projects = await inferred();
    const extra = ['release', 'rollback'];
    expect(Object.keys(projects['apps/compute']!.targets)).toEqual(expect.arrayContaining(extra));
    expect(Object.keys(projects['apps/compute']!.targets['release']!.configurations)).toEqual(['dev', 'preview']);
    expect(Object.keys(projects['apps/network']!.targets)).not.toEqual(expect.arrayContaining(extra));
  });

  it('use the folder as the name of a stack without a package.json', async () => {
    const projects = await inferred(['apps/fresh/src/fresh-stack.ts']);
    expect(projects['apps/fresh']!.targets['plan']).toMatchObject({
      options: { command: 'node packages/nx-stacks/bin/stack-task.mjs plan fresh' },
    });
  });

  it('match the files that define stacks', () => {
    expect(createNodes[0]).toBe('apps/*/src/{*-stack,build-platform}.ts');
  });
});

describe('workspace packages', () => {
  it('are the folders with a package.json, with their dependencies in the workspace', async () => {
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

describe('environment names (R0.11)', () => {
  it('are the names of the YAML files, sorted', async () => {
    const files = { 'environments/prod.yaml': '', 'environments/dev.yaml': '', 'environments/schema.json': {} };
    expect(await inWorkspace(files, environmentNames)).toEqual(['dev', 'prod']);
  });

  it('omit a file whose name needs quotes in a command line', async () => {
    expect(
      await inWorkspace(
        { 'environments/$(reboot).yaml': '', 'environments/a b.yaml': '', 'environments/UPPER.yaml': '' },
        environmentNames,
      ),
    ).toEqual([]);
  });

  it('are empty without a directory', async () => {
    expect(await inWorkspace({}, environmentNames)).toEqual([]);
  });
});
