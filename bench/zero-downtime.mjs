// Sends a constant load to the service during releases, a rollback, an interrupted and a killed task. See README.md.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { execa } from 'execa';
import { Load } from './load.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    environment: { type: 'string', short: 'c', default: 'local' },
    rate: { type: 'string', default: '100' },
  },
});
const { environment } = values;
const rate = Number(values.rate);
const command = join(root, 'packages', 'cli', 'bin', 'nightshift.mjs');
const nightshift = (...args) => execa('node', [command, ...args], { cwd: root, all: true });
const on = (...args) => nightshift(...args, '-c', environment);

const cloud = JSON.parse((await nightshift('local', 'status', '--json')).stdout);
const here = cloud.environments?.find(({ suffix }) => suffix === environment);
if (!here) throw new Error(`${environment} is not deployed to the local cloud - deploy it first: npm start`);
const service = `ecs-service-${environment}`;
const run = Date.now().toString(36);
const seconds = (count) => new Promise((resolve) => setTimeout(resolve, count * 1000));

/** Process ids of the running tasks. Each task is a bundle of the batch processor. */
async function taskProcesses() {
  const { stdout } = await execa('pgrep', ['-f', join(root, '.nightshift', 'local', 'bundles')]);
  return stdout.split('\n').map(Number);
}

const rows = [];
let shares = '';
/** Sends requests to the service while `act` runs, and collects the answers. */
async function under(title, act) {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${title}\n`);
  const load = new Load(here.url, rate);
  const began = performance.now();
  try {
    await act();
    await seconds(1);
  } finally {
    await load.stop();
  }
  const took = (performance.now() - began) / 1000;
  const sorted = [...load.milliseconds].sort((one, other) => one - other);
  const quantile = (share) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
  rows.push([title, took.toFixed(0), load.sent, load.retried, load.failed.length, quantile(0.5), quantile(0.99)]);
  for (const reason of new Set(load.failed)) {
    process.stderr.write(`  ${load.failed.filter((one) => one === reason).length} × ${reason}\n`);
  }
  return load;
}

function sharesOf(load, version) {
  return [...load.versions].map(([, seen]) => {
    const total = [...seen.values()].reduce((sum, count) => sum + count, 0);
    return `${Math.round((100 * (seen.get(version) ?? 0)) / total)}`;
  });
}

for (const tag of ['a', 'b']) await on('local', 'push', `${run}-${tag}`);
await under('a release', () => on('release', '--image', `${run}-a`, '--yes'));
const shifted = await under('the next release', () => on('release', '--image', `${run}-b`, '--yes'));
shares = sharesOf(shifted, `${run}-b`).join(' ');
await under('a rollback', () => on('rollback', '--yes'));
await under('a Spot task is taken away', async () => {
  await nightshift('local', 'fault', 'interrupt', service);
  await seconds(15);
});

await under('the process of a task is killed', async () => {
  const before = await taskProcesses();
  process.kill(before[0], 'SIGKILL');
  await seconds(15);
  const after = await taskProcesses();
  if (after.length !== before.length || after.includes(before[0])) throw new Error(`not replaced: ${before} ${after}`);
});

const table = new Table({
  head: ['', 'seconds', 'requests', 'asked again', 'failed', 'p50, ms', 'p99, ms'],
  style: { head: [], border: [] },
});
table.push(...rows);
console.log(`${rate} jobs a second, time scale ${cloud.timeScale}\n${table.toString()}`);
console.log(`Share of the new version in the next release, percent, second by second:\n${shares}`);
process.exitCode = rows.every(([, , , , failed]) => failed === 0) ? 0 : 1;
