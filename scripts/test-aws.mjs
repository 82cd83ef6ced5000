// Runs the end-to-end tests in the account of the shell's credentials, always removes the resources that they deployed, and writes a report.
// See docs/aws-trial.md. Run it with `npm run test:aws -- --yes`.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root } from './ensure-installed.mjs';
import { removedByTests, trialReport } from './aws-trial-report.mjs';

if (!process.argv.includes('--yes')) {
  console.error(
    'test:aws: deploys to the AWS account of your credentials, which costs about 2 USD - read docs/aws-trial.md, then add -- --yes',
  );
  process.exit(1);
}
ensureInstalled();
const results = join(root, 'apps', 'platform-e2e', 'test-results');
const [jest, answers, report] = ['results.json', 'aws-answers.json', 'aws-trial.md'].map((name) => join(results, name));
const started = new Date().toISOString();
const suffix = `e2e-${randomBytes(3).toString('hex')}`;

/** The first Ctrl-C goes to the running command. This program continues, to clean up. */
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);

function run(command, args, env) {
  const child = spawn(join(root, 'node_modules', '.bin', command), args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

console.log(`environment: ${suffix}`);
for (const file of [jest, answers, report]) rmSync(file, { force: true });
const tested = await run('nx', ['run', 'platform-e2e:e2e', '--skip-nx-cache'], {
  NIGHTSHIFT_E2E_TARGET: 'aws',
  NIGHTSHIFT_E2E_SUFFIX: suffix,
});
const read = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined);
const environment = { ENVIRONMENT_SUFFIX: suffix };
const removed =
  removedByTests(read(jest)) ||
  ((await run('nx', ['run-many', '-t', 'destroy', '-c', 'preview', '--yes'], environment)) === 0 &&
    (await run('nightshift', ['bootstrap', '-c', 'preview', '--remove'], environment)) === 0);

const facts = [
  ['environment', suffix],
  ['commit', spawnSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).stdout.trim()],
  ['started', started],
  ['Node.js', process.versions.node],
  ['system', `${process.platform} ${process.arch}`],
];
writeFileSync(report, trialReport({ facts, removed, results: read(jest), answers: read(answers) ?? [] }));
console.log(`\nreport: ${report}`);
if (!removed)
  console.error(`not everything is removed: ENVIRONMENT_SUFFIX=${suffix} npx nx run-many -t destroy -c preview`);
process.exitCode = tested === 0 && removed ? 0 : 1;
