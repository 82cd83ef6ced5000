// Every relative link in the documentation leads to a file or folder of the repository.
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
  const prose = readFileSync(join(root, file), 'utf8').replace(/```[^]*?```/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link]) => link.replace(/#.*$/, ''))
    .filter((link) => link !== '' && !/^[a-z]+:/.test(link))
    .filter((link) => !existsSync(join(root, dirname(file), link)))
    .map((link) => `${file}: links to ${link}, which is not there - correct the link`);
}
