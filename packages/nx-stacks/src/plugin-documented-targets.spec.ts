import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CreateNodesResultArray } from '@nx/devkit';
import { createNodes, workspacePackages } from './plugin';
import { requestedRun } from './requested-run';

interface PackageJson {
  readonly scripts?: Readonly<Record<string, unknown>>;
  readonly nx?: { readonly name?: string; readonly targets?: Readonly<Record<string, unknown>> };
}

const root = join(__dirname, '..', '..', '..');
const listed = (...patterns: string[]) =>
  execFileSync('git', ['ls-files', ...patterns], { cwd: root })
    .toString()
    .split('\n')
    .filter((path) => path !== '' && existsSync(join(root, path)));
const packageJson = (folder: string) =>
  JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as PackageJson;

describe('the Nx commands in the documentation', () => {
  let targets: Map<string, Set<string>>;

  beforeAll(async () => {
    targets = await targetsOfProjects();
  });

  it('name existing projects and targets', () => {
    const commands = listed('*.md').flatMap((file) =>
      [...readFileSync(join(root, file), 'utf8').matchAll(/npx (nx [^`|#&>;\n]+)/g)].map(([, line]) => ({
        file,
        line: String(line).trim(),
      })),
    );
    expect(commands.length).toBeGreaterThan(40);
    expect(
      commands.flatMap(({ file, line }) => problemOf(line).map((problem) => `${file}: ${line}: ${problem}`)),
    ).toEqual([]);
  });

  it.each([
    ['nx run compute:rollbak -c prod', ['compute has no target rollbak - see npx nx show project compute']],
    ['nx run compute:logs -c prod', ['compute has no target logs - see npx nx show project compute']],
    ['nx run netwrok:plan -c dev', ['project netwrok not found - see npx nx show projects']],
    ['nx run-many -t plan dirft -c dev', ['no project has a target dirft']],
    ['nx run <stack>:deploy -c dev', []],
    ['nx run compute:rollback -c prod', []],
    ['nx run-many -t deploy -c dev', []],
    ['nx show project compute', []],
  ])('are checked: %s', (line, problems) => {
    expect(problemOf(line)).toEqual(problems);
  });

  function problemOf(line: string): string[] {
    const words = line.split(/\s+/).slice(1);
    if (words[0] === 'run-many') {
      const [, list = ''] = /-t ([^-]+?)(?: -|$)/.exec(line) ?? [];
      const all = [...targets.values()].flatMap((names) => [...names]);
      return list
        .split(/[\s,]+/)
        .filter((name) => !all.includes(name))
        .map((name) => `no project has a target ${name}`);
    }
    if (words[0] !== 'run') return [];
    const { projects = ['compute'], targets: named } = requestedRun(words);
    return projects.flatMap((project) => {
      const known = targets.get(project);
      if (!known) return [`project ${project} not found - see npx nx show projects`];
      return named
        .filter((name) => !known.has(name))
        .map((name) => `${project} has no target ${name} - see npx nx show project ${project}`);
    });
  }
});

/** As Nx infers them: of our plugin, of jest and TypeScript, and of `package.json`. */
async function targetsOfProjects(): Promise<Map<string, Set<string>>> {
  const found = new Map([['workspace', new Set(Object.keys(packageJson('.').nx?.targets ?? {}))]]);
  for (const { root: folder, project } of workspacePackages(root)) {
    const { scripts, nx } = packageJson(folder);
    found.set(project, new Set(['test', 'typecheck', ...Object.keys({ ...scripts, ...nx?.targets })]));
  }
  const sources = listed('apps/*/src/*-stack.ts', 'apps/*/src/build-platform.ts');
  const results = (await createNodes[1](sources, undefined, {
    workspaceRoot: root,
    nxJsonConfiguration: {},
  })) as CreateNodesResultArray;
  for (const [file, { projects = {} }] of results) {
    const [, app] = file.split('/');
    for (const { targets = {} } of Object.values(projects))
      for (const name of Object.keys(targets)) found.get(String(app))?.add(name);
  }
  return found;
}
