// Checks the documentation: every relative link leads to a file, folder or heading of the repository, every verb of `nightshift` and
// every script exists, and docs/architecture.md names every package. The README shows the stacks: scripts/write-docs.mjs.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root } from './ensure-installed.mjs';

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root });
const files = listed
  .toString()
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
// Each verb is a file with the same name.
const commands = readdirSync(join(root, 'packages', 'cli', 'src', 'commands'), { recursive: true });
const verbs = commands.filter((path) => path.endsWith('.ts')).map((path) => basename(path).split('.')[0]);
const problems = [
  ...files.flatMap((file) => [...brokenLinks(file), ...unknownVerbs(file), ...unknownScripts(file)]),
  ...missingPackages(),
];

for (const problem of problems) console.error(problem);
console.log(
  `documentation: ${files.length} files, ${problems.length === 0 ? 'no problems' : `${problems.length} problems`}`,
);
process.exitCode = problems.length === 0 ? 0 : 1;

function brokenLinks(file) {
  return [...proseOf(file).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link)
    .filter((link) => !/^[a-z]+:/.test(link) && !exists(file, link))
    .map((link) => `${file}: links to ${link}, which does not exist - correct the link`);
}

function exists(file, link) {
  const [path, heading] = link.split('#');
  const target = path === '' ? file : join(dirname(file), path);
  if (!existsSync(join(root, target))) return false;
  return heading === undefined || !target.endsWith('.md') || headingsOf(target).includes(heading);
}

/** The anchors that GitHub derives from headings: lower case, hyphens for spaces, no punctuation. */
function headingsOf(file) {
  return [...proseOf(file).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function proseOf(file) {
  return textOf(file).replace(/```[^]*?```/g, '');
}

function unknownVerbs(file) {
  return [...textOf(file).matchAll(/npx nightshift ([a-z][a-z-]*)/g)]
    .map(([, verb]) => verb)
    .filter((verb) => !verbs.includes(verb))
    .map((verb) => `${file}: npx nightshift ${verb}: is not a verb - see npx nightshift --help`);
}

function unknownScripts(file) {
  const text = textOf(file);
  const ofPackages = [...text.matchAll(/npm run (?:-s |--silent )?([a-z][\w:-]*)(?: -w ([\w/-]+))?/g)]
    .filter(([, script, folder = '.']) => !(script in scriptsOf(folder)))
    .map(([command]) => command);
  const ofNode = [...text.matchAll(/node (?:--\w+ )?(scripts\/[\w./-]+\.mjs)/g)]
    .filter(([, script]) => !existsSync(join(root, script)))
    .map(([command]) => command);
  return [...ofPackages, ...ofNode].map((command) => `${file}: ${command}: is not a script - correct the command`);
}

function scriptsOf(folder) {
  const path = join(root, folder, 'package.json');
  return (existsSync(path) && JSON.parse(readFileSync(path, 'utf8')).scripts) || {};
}

function missingPackages() {
  const file = 'docs/architecture.md';
  const isStack = (name) => existsSync(join(root, 'apps', name, 'src', `${name}-stack.ts`));
  const folders = ['apps', 'packages'].flatMap((parent) => readdirSync(join(root, parent)));
  const text = textOf(file);
  return folders
    .filter((name) => !isStack(name) && !text.includes(` ${name}/`))
    .map((name) => `${file}: does not name ${name}/ - add a line to the layout`);
}

function textOf(file) {
  return readFileSync(join(root, file), 'utf8');
}
