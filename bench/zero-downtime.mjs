// Sends a constant load to the service during releases, a rollback, a scale-in, interrupted and killed tasks. See README.md.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { execa } from 'execa';
import { largeJob, Load } from './load.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: {
    environment: { type: 'string', short: 'c', default: 'local' },
    rate: { type: 'string', default: '100' },
    job: { type: 'string', default: '45' },
    long: { type: 'boolean', default: false },
  },
});
const { environment } = values;
const rate = Number(values.rate);
const command = join(root, 'packages', 'cli', 'bin', 'nightshift.mjs');
/** A command that takes longer ends with an error that names it. */
const COMMAND_MS = 180_000;
const nightshift = (...args) => execa('node', [command, ...args], { cwd: root, all: true, timeout: COMMAND_MS });
const on = (...args) => nightshift(...args, '-c', environment);

const cloud = JSON.parse((await nightshift('local', 'status', '--json')).stdout);
const here = cloud.environments?.find(({ suffix }) => suffix === environment);
if (!here) throw new Error(`${environment} is not deployed to the local cloud - deploy it first: npm start`);
const service = `ecs-service-${environment}`;
const cluster = `ecs-cluster-${environment}`;
const run = Date.now().toString(36);
/** The default of `loadBalancer.deregistrationDelaySeconds`: the time from the deregistration of a task to its SIGTERM. */
const DELAY = 90;
/** The default of `scaling.minimum`. */
const LEAST = 2;
const seconds = (count) => new Promise((resolve) => setTimeout(resolve, count * 1000));

/** Process ids of the running tasks. Each task is a bundle of the batch processor. */
async function taskProcesses() {
  const { stdout } = await execa('pgrep', ['-f', join(root, '.nightshift', 'local', 'bundles')]);
  return stdout.split('\n').map(Number);
}

/** The maximum number of positions in a job with the default MAX_BODY_BYTES. */
const MOST_POSITIONS = 180_000;

/** A load of two jobs at a time. Each takes the time of `--job`, at the time scale of the local cloud. */
async function longJobs() {
  const wanted = (1000 * Number(values.job)) / cloud.timeScale;
  const trial = 60_000;
  const load = new Load(here.url, 2, { job: largeJob(trial), most: 1 });
  await seconds(8);
  const sorted = [...(await load.stop()).milliseconds].sort((one, other) => one - other);
  const median = sorted[Math.floor(sorted.length / 2)];
  if (load.failed.length > 0) throw new Error(`jobs to calibrate failed: ${load.failed.join(', ')}`);
  const positions = Math.ceil((trial * wanted) / median);
  if (positions > MOST_POSITIONS)
    throw new Error(`a job of ${wanted} ms needs ${positions} positions, the limit is ${MOST_POSITIONS} - lower --job`);
  process.stderr.write(`a job of ${wanted} ms has ${positions} positions\n`);
  // A job that is cut is not sent again: it counts as failed. On a slow machine, more jobs at the same time would wait for each other,
  // and take longer than the drain time of a task.
  return [rate, { job: largeJob(positions), repeats: false, most: 2 }];
}

/** Sets the desired count of the service, and waits until its tasks run. The service may scale by itself meanwhile. */
async function scaleTo(count) {
  const script = `
    import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
    const client = new ECSClient({});
    const [cluster, service] = ['${cluster}', '${service}'];
    const describe = async () => (await client.send(new DescribeServicesCommand({ cluster, services: [service] }))).services[0];
    await client.send(new UpdateServiceCommand({ cluster, service, desiredCount: ${count} }));
    const end = Date.now() + 60_000;
    for (;;) {
      const { desiredCount, runningCount } = await describe();
      if (runningCount === desiredCount) break;
      if (Date.now() > end) throw new Error(\`after 60 s, \${runningCount} of \${desiredCount} tasks run\`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }`;
  await nightshift('local', 'exec', '--', 'node', '--input-type=module', '--eval', script);
}

async function times(count, act) {
  for (let index = 0; index < count; index += 1) await act();
}

async function interruptSpotTask(pause = 15) {
  const { stdout } = await nightshift('local', 'fault', 'interrupt', service);
  if (!stdout.startsWith('1 ')) throw new Error(`no Spot task runs: ${stdout}`);
  await seconds(pause);
}

/**
 * Jobs that a task had started `before` seconds of AWS before SIGTERM, and answered after that: a stop that does not wait cuts them.
 * An act without such jobs shows nothing about running jobs.
 */
async function underWay(since, before) {
  const { stdout } = await on('logs', '--since', since.toISOString(), '--json');
  const lines = stdout.split('\n').map((line) => JSON.parse(line));
  const logs = lines.filter(({ type, text }) => type === 'log' && text.startsWith('{'));
  const entries = logs.map(({ task, text }) => ({ task, ...JSON.parse(text) }));
  const stops = new Map(
    entries.flatMap((entry) => (entry.message === 'stop requested' ? [[entry.task, entry.time]] : [])),
  );
  return entries.filter(({ task, message, time, durationMs }) => {
    if (message !== 'job answered' || !stops.has(task)) return false;
    const moment = Date.parse(stops.get(task)) - (1000 * before) / cloud.timeScale;
    return Date.parse(time) >= moment && Date.parse(time) - durationMs <= moment;
  }).length;
}

const rows = [];
let shares = '';
/** Sends requests to the service while `act` runs, and collects the answers. */
async function under(title, act, [perSecond, job] = [rate, {}], before = undefined) {
  process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${title}\n`);
  const load = new Load(here.url, perSecond, job);
  const began = performance.now();
  const since = new Date();
  try {
    await act();
    await seconds(1);
  } finally {
    await load.stop();
  }
  const took = (performance.now() - began) / 1000;
  const sorted = [...load.milliseconds].sort((one, other) => one - other);
  const quantile = (share) => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0);
  const jobs = before === undefined ? '' : await underWay(since, before);
  rows.push([title, took.toFixed(0), load.sent, load.retried, load.failed.length, quantile(0.5), quantile(0.99), jobs]);
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

async function shortActs() {
  for (const tag of ['a', 'b']) await on('local', 'push', `${run}-${tag}`);
  await under('a release', () => on('release', '--image', `${run}-a`, '--yes'));
  const shifted = await under('the next release', () => on('release', '--image', `${run}-b`, '--yes'));
  shares = sharesOf(shifted, `${run}-b`).join(' ');
  await under('a rollback', () => on('rollback', '--yes'));
  await under('an interrupted Spot task', () => interruptSpotTask());
  await under('the process of a task is killed', async () => {
    const before = await taskProcesses();
    process.kill(before[0], 'SIGKILL');
    await seconds(15);
    const after = await taskProcesses();
    if (after.length !== before.length || after.includes(before[0]))
      throw new Error(`not replaced: ${before} ${after}`);
  });
}

async function longActs() {
  const image = `${run}-c`;
  await on('local', 'push', image);
  const long = await longJobs();
  await under('a release, long jobs', () => on('release', '--image', image, '--yes'), long, DELAY);
  const scaleIn = async () => {
    await scaleTo(LEAST + 2);
    await scaleTo(LEAST);
    await seconds(5);
  };
  await under('3 scale-ins, long jobs', () => times(3, scaleIn), long, DELAY);
  await under('6 interrupted Spot tasks, long jobs', () => times(6, () => interruptSpotTask(8)), long, 0);
}

if (!values.long) await shortActs();
await longActs();

const table = new Table({
  head: ['', 'seconds', 'requests', 'asked again', 'failed', 'p50, ms', 'p99, ms', 'under way'],
  style: { head: [], border: [] },
});
table.push(...rows);
console.log(
  `${rate} jobs a second, long jobs of ${values.job} s on AWS, time scale ${cloud.timeScale}\n${table.toString()}`,
);
if (shares) console.log(`Share of the new version in the next release, percent, second by second:\n${shares}`);
process.exitCode = rows.every(([, , , , failed]) => failed === 0) ? 0 : 1;
