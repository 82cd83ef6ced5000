import type { CreateNodesResultArray } from '@nx/devkit';
import { createNodes } from './create-nodes';
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

/** The targets of each project that Nx is told. */
async function inferred(paths: readonly string[] = sources) {
  const results = await inWorkspace<CreateNodesResultArray>({ ...files, 'packages/.keep': '' }, (workspaceRoot) =>
    createNodes[1](paths, undefined, { workspaceRoot, nxJsonConfiguration: {} }),
  );
  return Object.assign({}, ...results.map(([, { projects }]) => projects)) as Record<
    string,
    { targets: Record<string, { dependsOn?: unknown[]; configurations: Record<string, { suffix?: string }> }> }
  >;
}

describe('what Nx is told', () => {
  const { ENVIRONMENT_SUFFIX } = process.env;

  beforeEach(() => {
    delete process.env['ENVIRONMENT_SUFFIX'];
  });

  afterAll(() => {
    if (ENVIRONMENT_SUFFIX !== undefined) process.env['ENVIRONMENT_SUFFIX'] = ENVIRONMENT_SUFFIX;
  });

  it('makes a project of every app that has a stack, and one that synthesizes them', async () => {
    const projects = await inferred();
    expect(Object.keys(projects)).toEqual(['apps/compute', 'apps/network', 'apps/observability', 'apps/platform']);
    expect(Object.keys(projects['apps/network']!.targets)).toContain('deploy');
    expect(Object.keys(projects['apps/platform']!.targets)).toEqual(['synth', 'synth-skip-policy']);
  });

  it('gives every target a configuration for each environment file (R0.11)', async () => {
    const { targets } = (await inferred())['apps/network']!;
    expect(Object.keys(targets['plan']!.configurations)).toEqual(['dev', 'preview']);
  });

  it('destroys all stacks that need one before it, but not the app that only builds them (R0.4)', async () => {
    const { targets } = (await inferred())['apps/network']!;
    expect(targets['destroy']!.dependsOn).toContainEqual({
      projects: ['compute', 'observability'],
      target: 'destroy',
      params: 'forward',
    });
  });

  it('writes to the folder of the suffix that is set; an empty one counts as none', async () => {
    const suffixes = async () => (await inferred())['apps/platform']!.targets['synth']!.configurations;
    process.env['ENVIRONMENT_SUFFIX'] = 'pr-123';
    expect(await suffixes()).toMatchObject({ preview: { suffix: 'pr-123' } });
    process.env['ENVIRONMENT_SUFFIX'] = '';
    expect(await suffixes()).toMatchObject({ preview: { suffix: 'preview' } });
  });

  it('gives the stack whose service is released two targets more (R10.5)', async () => {
    const projects = await inferred();
    const extra = ['release', 'rollback'];
    expect(Object.keys(projects['apps/compute']!.targets)).toEqual(expect.arrayContaining(extra));
    expect(Object.keys(projects['apps/compute']!.targets['release']!.configurations)).toEqual(['dev', 'preview']);
    expect(Object.keys(projects['apps/network']!.targets)).not.toEqual(expect.arrayContaining(extra));
  });

  it('calls a stack without a package.json after its folder', async () => {
    const projects = await inferred(['apps/fresh/src/fresh-stack.ts']);
    expect(projects['apps/fresh']!.targets['plan']).toMatchObject({
      options: { command: 'node packages/nx-stacks/bin/stack-task.mjs plan fresh' },
    });
  });

  it('looks at the files by which stacks are told', () => {
    expect(createNodes[0]).toBe('apps/*/src/{*-stack,build-platform}.ts');
  });
});
