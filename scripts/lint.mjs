// Lints the projects whose files, or whose dependencies' types, have changed since the last lint without findings. ESLint reads the types of the
// providers for seconds, before it lints the first file, so all projects are linted in one process. See
// docs/decisions/0016-types-per-project.md. Run it with `npx nx run workspace:lint`, which compiles the types of the dependencies first.
// The argument is the folder of a workspace. @default - this one
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ESLint } from 'eslint';
import { root as workspace } from './ensure-installed.mjs';

const root = resolve(process.argv[2] ?? workspace);

/** The rules that need types also read the types of other projects, so the hash of a project contains those. */
const RULES = ['eslint.config.mjs', 'scripts/lint.mjs', 'tsconfig.json', 'tsconfig.base.json', 'package-lock.json'];
/** With more projects, one program with all files is faster than one program for each. */
const PROGRAMS = 3;
const RECORD = join(root, 'node_modules/.cache/lint.json');
const IGNORED = /(^|\/)(node_modules|dist|out-tsc|coverage|test-results)\//;

const projects = new Map(
  ['apps', 'packages']
    .flatMap((folder) => readdirSync(join(root, folder)).map((name) => `${folder}/${name}`))
    .filter((path) => existsSync(join(root, path, 'package.json')))
    .map((path) => [JSON.parse(text(`${path}/package.json`)).name, path]),
);
// The rule of the module boundaries reads the tags and dependencies of all projects.
const forAll = hash([...RULES, ...[...projects.values()].map((path) => `${path}/package.json`)]);
const clean = existsSync(RECORD) ? JSON.parse(readFileSync(RECORD, 'utf8')) : {};
const current = Object.fromEntries([...projects.keys()].map((name) => [projects.get(name), keyOf(name)]));
const changed = Object.keys(current).filter((path) => clean[path] !== current[path]);

const eslint = new ESLint({
  cwd: root,
  overrideConfig:
    changed.length <= PROGRAMS
      ? {
          files: ['**/*.ts'],
          languageOptions: { parserOptions: { project: changed.map((path) => `${path}/tsconfig.json`) } },
        }
      : {},
});
const results = changed.length > 0 ? await eslint.lintFiles(changed) : [];
const found = results.filter(({ messages }) => messages.length > 0);
const isClean = (path) => !found.some(({ filePath }) => filePath.startsWith(join(root, path, '/')));
mkdirSync(dirname(RECORD), { recursive: true });
writeFileSync(RECORD, JSON.stringify(Object.fromEntries(Object.entries(current).filter(([path]) => isClean(path)))));

process.stdout.write(await (await eslint.loadFormatter('stylish')).format(results));
console.log(`lint: ${results.length} files in ${changed.length} of ${projects.size} projects`);
process.exitCode = results.some(({ errorCount }) => errorCount > 0) ? 1 : 0;

function text(path) {
  return readFileSync(join(root, path), 'utf8');
}

function hash(files) {
  const sum = createHash('sha256');
  for (const file of files) sum.update(`${file}\n${text(file)}\n`);
  return sum.digest('hex');
}

function keyOf(name) {
  const dependencies = [...dependenciesOf(name)].filter((other) => other !== name);
  return hash([
    ...filesOf(projects.get(name), /\.(ts|json)$/),
    ...dependencies.flatMap((other) => filesOf(`${projects.get(other)}/out-tsc`, /\.d\.ts$/)),
  ]).concat(forAll);
}

function filesOf(folder, pattern) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true })
    .filter((path) => pattern.test(path) && !IGNORED.test(path))
    .sort()
    .map((path) => `${folder}/${path}`);
}

/** The dependencies of a project, direct and indirect, and the project itself. */
function dependenciesOf(name, seen = new Set()) {
  if (!projects.has(name) || seen.has(name)) return seen;
  seen.add(name);
  const { dependencies = {}, devDependencies = {} } = JSON.parse(text(`${projects.get(name)}/package.json`));
  for (const other of Object.keys({ ...dependencies, ...devDependencies })) dependenciesOf(other, seen);
  return seen;
}
