// The one command for everything: format, lint, types, unit tests with coverage, end-to-end tests.
// Its last line is `N passed, N failed`; the exit code is 1 when anything failed.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureInstalled, root } from './ensure-installed.mjs';

ensureInstalled();
const withEndToEnd = !process.argv.includes('--no-e2e');
const totals = { passed: 0, failed: 0 };

function program(command) {
  return command === 'node' ? process.execPath : join(root, 'node_modules', '.bin', command);
}

/** Starts a command that goes on beside others; its output is kept in `log`. Gives what waits for it, prints that, and is true when it succeeded. */
function beside(title, log, command, args) {
  mkdirSync(dirname(log), { recursive: true });
  const output = openSync(log, 'w');
  const ended = once(spawn(program(command), args, { cwd: root, stdio: ['ignore', output, output] }), 'exit');
  console.log(`\n== ${title}: begun, beside what follows`);
  return async () => {
    const [status] = await ended;
    console.log(`\n== ${title}\n${readFileSync(log, 'utf8')}== ${title}: ${status === 0 ? 'ok' : 'FAILED'}`);
    return status === 0;
  };
}

/** Runs a command with the terminal attached; gives true when it succeeded. */
function run(title, command, args, env = {}) {
  console.log(`\n== ${title}`);
  const started = Date.now();
  const { status } = spawnSync(program(command), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  console.log(`== ${title}: ${status === 0 ? 'ok' : 'FAILED'} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  return status === 0;
}

/** A check without countable tests counts as one. */
function check(title, command, args) {
  totals[run(title, command, args) ? 'passed' : 'failed'] += 1;
}

/** Adds the figures that jest wrote; a run that failed without a failed test (coverage, a crash) counts as one failure. */
function count(succeeded, files) {
  let failed = 0;
  for (const file of files.filter(existsSync)) {
    const results = JSON.parse(readFileSync(file, 'utf8'));
    totals.passed += results.numPassedTests;
    failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
  }
  totals.failed += succeeded ? failed : Math.max(failed, 1);
}

const projects = ['apps', 'packages'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
);
// Compilers and tests make much that is soon garbage: with room for it they take a sixth less time.
const roomy = { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=64`.trim() };

check('workflows', 'node', ['scripts/lint-workflows.mjs']);
check('links of the documentation', 'node', ['scripts/check-docs.mjs']);
check('supply chain', 'node', ['scripts/check-supply-chain.mjs']);
check('facts of AWS', 'node', ['packages/policy/bin/write-service-authorization.mjs', '--check']);
// One run, so that no processor waits. Format, lint and types are one process each for all projects: most of what they cost
// is to read the types of the providers, and once is enough.
count(
  run(
    'format, lint with module boundaries, types, unit tests with 100 % coverage',
    'nx',
    ['run-many', '--targets=format,lint,typecheck,test', '--parallel=2', '--output-style=static'],
    roomy,
  ),
  projects.map((project) => join(project, 'test-results', 'results.json')),
);
if (withEndToEnd) {
  // Both wait most of the time.
  const results = join(root, 'packages', 'local-cloud', 'test-results');
  const python = beside('Python tests of the local cloud', join(results, 'python.log'), 'tsx', [
    'packages/local-cloud/bin/test-python.ts',
  ]);
  count(run('end-to-end tests', 'nx', ['run', 'platform-e2e:e2e', '--output-style=stream']), [
    join(root, 'apps', 'platform-e2e', 'test-results', 'results.json'),
  ]);
  count(await python(), [join(results, 'python-results.json')]);
}

console.log(`\n${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1;
