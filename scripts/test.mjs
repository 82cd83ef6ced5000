// Runs all checks: format, lint, types, unit tests with coverage, end-to-end tests.
// The last line is `N passed, N failed`. The exit code is 1 if anything failed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root } from './ensure-installed.mjs';
import { testResults } from './test-results.mjs';

ensureInstalled();
const withEndToEnd = !process.argv.includes('--no-e2e');
let passed = 0;
/** A text for each failure. All are printed together at the end, because the output of a failed check may be thousands of lines above. */
const failures = [];

function program(command) {
  return command === 'node' ? process.execPath : join(root, 'node_modules', '.bin', command);
}

/** Starts a command. Its output goes to the terminal; with `held`, only after the caller awaits it. */
function start(title, command, args, { held = false, env = {} } = {}) {
  const stdio = held ? ['ignore', 'pipe', 'pipe'] : 'inherit';
  const started = Date.now();
  const child = spawn(program(command), args, { cwd: root, stdio, env: { ...process.env, ...env } });
  const ended = once(child, 'close').then(([status]) => ({ status, seconds: (Date.now() - started) / 1000 }));
  const before = [];
  let show = (chunk) => before.push(chunk);
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => show(chunk));
  if (held) console.log(`\n== ${title}: started in the background`);
  /** @returns whether it succeeded. */
  return async () => {
    if (held) console.log(`\n== ${title}`);
    show = (chunk) => process.stdout.write(chunk);
    before.forEach(show);
    const { status, seconds } = await ended;
    console.log(`== ${title}: ${status === 0 ? 'ok' : 'FAILED'} (${seconds.toFixed(1)} s)`);
    return status === 0;
  };
}

/** Runs a command to its end. @returns whether it succeeded. */
async function run(title, ...what) {
  console.log(`\n== ${title}`);
  return await start(title, ...what)();
}

/** Counts a check without tests as one test. */
async function check(title, command, args) {
  if (await run(title, command, args)) passed += 1;
  else failures.push(title);
}

/** Adds the results that jest wrote. A run that failed without a failed test (coverage, types, a crash) counts as one failure. */
function count(title, succeeded, files) {
  const results = testResults(files);
  passed += results.passed;
  failures.push(...results.failures);
  if (!succeeded && results.failures.length === 0)
    failures.push(`${title}: no test failed, so read what it printed above`);
}

const projects = ['apps', 'packages'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => join(root, folder, name)),
);
// Compilers and tests create many short-lived objects. With more space for them they take a sixth less time.
const roomy = { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --max-semi-space-size=64`.trim() };

// In its first minutes, this check only waits for load balancers and gateways, so it runs in the background.
const endToEnd =
  withEndToEnd && start('end-to-end tests', 'nx', ['run', 'platform-e2e:e2e', '--output-style=stream'], { held: true });
await check('workflows', 'node', ['scripts/lint-workflows.mjs']);
const scripts = readdirSync(join(root, 'scripts')).filter((name) => name.endsWith('.test.mjs'));
await check('tests of the scripts', 'node', ['--test', ...scripts.map((name) => join('scripts', name))]);
await check('links of the documentation', 'node', ['scripts/check-docs.mjs']);
await check('pictures and tables of the documentation', 'node', [
  '--import',
  'tsx',
  'scripts/write-docs.mjs',
  '--check',
]);
await check('import circles', 'node', ['scripts/check-imports.mjs']);
await check('references between projects', 'node', ['scripts/write-references.mjs', '--check']);
await check('supply chain', 'node', ['scripts/check-supply-chain.mjs']);
await check('CDK Terrain', 'node', ['scripts/check-cdktn.mjs']);
await check('Terraform and OpenTofu on one state', 'node', ['--import', 'tsx', 'scripts/test-opentofu.mjs']);
await check('Python of the local cloud', 'node', ['scripts/check-python.mjs']);
await check('AWS facts', 'node', ['packages/policy/bin/write-service-authorization.mjs', '--check']);
// One Nx run uses all processors. Format and lint are one process each for all projects, because most of ESLint's time goes into reading
// the types of the providers. Types are a task of each project, after those of its dependencies.
const checks =
  'format, lint with module boundaries, types, unit tests with 100 % coverage, documentation site and its test in Chromium';
count(
  checks,
  await run(
    checks,
    'nx',
    ['run-many', '--targets=format,lint,typecheck,test,test-site', '--parallel=2', '--output-style=static'],
    { env: roomy },
  ),
  projects.map((project) => join(project, 'test-results', 'results.json')),
);
if (endToEnd) {
  const python = start('Python tests of the local cloud', 'tsx', ['packages/local-cloud/bin/test-python.ts'], {
    held: true,
  });
  count('end-to-end tests', await endToEnd(), [join(root, 'apps', 'platform-e2e', 'test-results', 'results.json')]);
  count('Python tests of the local cloud', await python(), [
    join(root, 'packages', 'local-cloud', 'test-results', 'python-results.json'),
  ]);
}

if (failures.length > 0) console.log(`\n== what failed\n${failures.join('\n')}`);
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 && passed > 0 ? 0 : 1;
