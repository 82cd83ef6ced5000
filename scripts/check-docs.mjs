// Every relative link in the documentation leads to a file, folder or heading of the repository.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './ensure-installed.mjs';

const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root });
const files = listed
  .toString()
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)));
const problems = files.flatMap(brokenLinks);

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

/** As GitHub makes them: lower case, hyphens for spaces, no punctuation. */
function headingsOf(file) {
  return [...proseOf(file).matchAll(/^#+ (.+)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

function proseOf(file) {
  return readFileSync(join(root, file), 'utf8').replace(/```[^]*?```/g, '');
}
