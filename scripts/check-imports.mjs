// Finds specs that are not named after a module, and import circles: a module of TypeScript or Python that imports itself through others of its package. Types count too, because a
// circle of types shows that two files are one concept. A verb that is loaded with `import()` does not count.
// The argument is the folder of a workspace. @default - this one
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { root as workspace } from './ensure-installed.mjs';

const root = resolve(process.argv[2] ?? workspace);
const PAGE = 'docs/decisions/0013-habits-enforced-by-lint.md';
const sources = ['apps', 'packages'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .map((path) => join(root, folder, path))
    .filter((file) => /\/src\/.*\.ts$|\/python\/.*\.py$/.test(file) && !/node_modules|out-tsc/.test(file)),
);
const imports = new Map(sources.map((file) => [file, importedBy(file)]));
const circles = sources.flatMap((file) => circleFrom(file) ?? []);

for (const circle of circles) {
  const path = circle.map((file) => relative(root, file)).join(' -> ');
  console.error(`${path}: import circle - move what both need into a file below them. See ${PAGE}.`);
}
const lonely = sources.filter((file) => !hasSource(file));
for (const file of lonely) {
  console.error(
    `${relative(root, file)}: tests no module of this name - name it after the module that it tests. See ${PAGE}.`,
  );
}
console.log(`imports: ${sources.length} files, ${circles.length === 0 ? 'no circles' : `${circles.length} circles`}`);
process.exitCode = circles.length + lonely.length === 0 ? 0 : 1;

/**
 * `x.spec.ts` and `x-aspect.spec.ts` need a file `x` beside them, a program `bin/x`, or a folder `x` that holds them (for `src`, the package).
 * Tests in Python mirror the folders of the code.
 */
function hasSource(file) {
  const spec = /^(.*)\.spec\.ts$|^test_(.*)\.py$/.exec(basename(file));
  if (!spec) return true;
  const name = nameOf(spec[1] ?? spec[2]);
  return sourcesOf(file).some((source) => `${name}-`.startsWith(`${source}-`));
}

function sourcesOf(file) {
  const folder = dirname(file);
  if (file.endsWith('.py')) {
    const [, python, below] = /^(.*[/\\]python)[/\\]tests(.*)$/.exec(folder);
    return readdirSync(python).flatMap((name) => (name === 'tests' ? [] : sourcesIn(join(python, name, below))));
  }
  const owner = folder.replace(/[/\\]src([/\\].*)?$/, '');
  const holder = folder === join(owner, 'src') ? owner : folder;
  return [basename(holder), ...[folder, owner, join(owner, 'bin')].flatMap(sourcesIn)];
}

function sourcesIn(folder) {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return [];
  return readdirSync(folder)
    .filter((file) => !/\.(spec|fixture)\.ts$/.test(file))
    .map((file) => nameOf(file.replace(/\..*$/, '')));
}

function nameOf(text) {
  return text.replace(/^_+|_+$/g, '').replaceAll('_', '-');
}

function importedBy(file) {
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.py') ? importedByPython(file, text) : importedByTypeScript(file, text);
}

function importedByTypeScript(file, text) {
  return ts
    .createSourceFile(file, text, ts.ScriptTarget.Latest)
    .statements.map(({ moduleSpecifier }) => moduleSpecifier?.text ?? '')
    .filter((path) => path.startsWith('.'))
    .map((path) => resolve(dirname(file), path))
    .flatMap((path) => [`${path}.ts`, join(path, 'index.ts')].find(existsSync) ?? []);
}

/** `from ..cloud import Cloud` imports a module or names of a module, also below `if TYPE_CHECKING:`. */
function importedByPython(file, text) {
  const found = text.matchAll(/^[ \t]*from (\.+)([\w.]*) import (\([^)]*\)|.*)/gm);
  return [...found].flatMap(([, dots, path, names]) => {
    const parent = resolve(dirname(file), '../'.repeat(dots.length - 1), path.replaceAll('.', '/'));
    const modules = [...names.matchAll(/(\w+)(?: as \w+)?/g)].flatMap(
      ([, name]) => [`${join(parent, name)}.py`, join(parent, name, '__init__.py')].find(existsSync) ?? [],
    );
    return modules.length > 0 ? modules : ([`${parent}.py`, join(parent, '__init__.py')].find(existsSync) ?? []);
  });
}

/** The shortest circle through a file, if no file that comes before it in the alphabet is part of it. */
function circleFrom(start) {
  const paths = imports.get(start).map((file) => [start, file]);
  const seen = new Set();
  for (const path of paths) {
    const last = path.at(-1);
    if (last === start) return [path];
    if (seen.has(last) || last < start) continue;
    seen.add(last);
    paths.push(...imports.get(last).map((file) => [...path, file]));
  }
  return undefined;
}
