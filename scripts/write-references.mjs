// Writes the tsconfig.json of each project: its references are the dependencies in its package.json. With --check it only compares.
// The argument is the folder of a workspace. @default - this one
// Without the file a project would have no target `typecheck`. See docs/decisions/0016-types-per-project.md.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import prettier from 'prettier';
import { root as workspace } from './ensure-installed.mjs';

const { values, positionals } = parseArgs({
  options: { check: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const checkOnly = values.check;
const root = resolve(positionals[0] ?? workspace);
const folders = ['apps', 'packages']
  .flatMap((parent) => readdirSync(join(root, parent)).map((name) => join(root, parent, name)))
  .filter((folder) => existsSync(join(folder, 'package.json')));
const manifests = new Map(folders.map((folder) => [folder, JSON.parse(read(join(folder, 'package.json')))]));
const folderOf = new Map([...manifests].map(([folder, { name }]) => [name, folder]));
const stale = [];

for (const [folder, { dependencies, devDependencies }] of manifests) {
  const references = Object.keys({ ...dependencies, ...devDependencies })
    .filter((name) => folderOf.has(name))
    .map((name) => ({ path: relative(folder, folderOf.get(name)).replaceAll('\\', '/') }));
  const file = join(folder, 'tsconfig.json');
  const content = await prettier.format(JSON.stringify({ extends: '../../tsconfig.project.json', references }), {
    ...(await prettier.resolveConfig(file)),
    filepath: file,
  });
  if (existsSync(file) && read(file) === content) continue;
  stale.push(relative(root, file));
  if (!checkOnly) writeFileSync(file, content);
}

for (const file of stale) {
  if (checkOnly) console.error(`${file}: does not match the dependencies in package.json - run npm run references`);
  else console.log(`${file}: written`);
}
if (stale.length === 0) console.log(`references: ${folders.length} projects, no differences`);
process.exitCode = checkOnly && stale.length > 0 ? 1 : 0;

function read(file) {
  return readFileSync(file, 'utf8');
}
