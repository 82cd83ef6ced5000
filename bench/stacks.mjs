// Compares our commands with plain Terraform in a shell loop and, where they are on PATH, with Terragrunt and OpenTofu, on the same synthesized
// stacks, in one run. See README.md.
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { cpus, freemem, tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Table from 'cli-table3';
import { execa } from 'execa';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '1' } } });
const rounds = Number(values.rounds);

const SUFFIX = 'bench';
const file = join(root, 'environments', `${SUFFIX}.yaml`);
const synthesized = join(root, 'cdktf.out', SUFFIX, 'stacks');
/** In the order of deployment: the order in which apps/platform builds them. */
const stacks = () => Object.keys(JSON.parse(readFileSync(join(synthesized, '..', 'manifest.json'), 'utf8')).stacks);
const nightshift = join(root, 'packages', 'cli', 'bin', 'nightshift.mjs');

/** Runs a command in the workspace. Rejects if it fails, because its time would be meaningless. */
const run = (command, args, options = {}) => execa(command, args, { cwd: root, all: true, ...options });
const nx = (target, ...others) =>
  run('npx', ['nx', 'run-many', '-t', target, '-c', SUFFIX, '--outputStyle=static', ...others]);

const onPath = (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const SAMPLE_MILLISECONDS = 100;
const cpuSeconds = () =>
  cpus().reduce((sum, { times: { user, nice, sys, irq } }) => sum + user + nice + sys + irq, 0) / 1000;

/** Wall seconds, CPU seconds and peak memory in MB, of the whole machine: the processes of a tool do not all descend from its command. */
async function measure(act) {
  const [started, cpu, free] = [performance.now(), cpuSeconds(), freemem()];
  let least = free;
  const sampling = setInterval(() => (least = Math.min(least, freemem())), SAMPLE_MILLISECONDS);
  try {
    await act();
  } finally {
    clearInterval(sampling);
  }
  return { wall: (performance.now() - started) / 1000, cpu: cpuSeconds() - cpu, memory: (free - least) / 2 ** 20 };
}

async function repeated(act) {
  const all = [];
  for (let round = 0; round < rounds; round += 1) all.push(await measure(act));
  return Object.fromEntries(['wall', 'cpu', 'memory'].map((part) => [part, median(all.map((one) => one[part]))]));
}

/** Commands in copies of the synthesized stacks, with the environment that `nightshift` gives Terraform. */
class Copies {
  constructor(directory, cloud) {
    this.directory = directory;
    this.cloud = cloud;
  }

  async run(folder, command, args) {
    await run(command, args, { cwd: join(this.directory, folder), env: await terraformEnvironment(this.cloud) });
  }

  /** The usual first script: one stack after the other. */
  async each(binary, stacks, ...commands) {
    for (const stack of stacks) for (const args of commands) await this.run(stack, binary, args);
  }

  async take() {
    const { stacks: manifest } = JSON.parse(readFileSync(join(synthesized, '..', 'manifest.json'), 'utf8'));
    for (const [stack, { dependencies = [] }] of Object.entries(manifest)) {
      const target = (file) => join(this.directory, stack, file);
      await cp(join(synthesized, stack, 'cdk.tf.json'), target('cdk.tf.json'));
      await cp(join(root, 'packages', 'terraform', '.terraform.lock.hcl'), target('.terraform.lock.hcl'));
      const paths = dependencies.map((name) => `../${name}`);
      await writeFile(target('terragrunt.hcl'), `dependencies {\n  paths = ${JSON.stringify(paths)}\n}\n`);
    }
  }

  async change(days) {
    await environment(days);
    await run('node', [nightshift, 'synth', '-c', SUFFIX]);
    await this.take();
  }

  loop = (binary) => ({
    deploy: () => this.each(binary, stacks(), ['init', '-input=false'], ['apply', '-input=false', '-auto-approve']),
    plan: () => this.each(binary, stacks(), ['plan', '-input=false']),
    destroy: () => this.each(binary, stacks().reverse(), ['destroy', '-input=false', '-auto-approve']),
    change: (days) => this.change(days),
  });

  /** https://docs.terragrunt.com/reference/cli/commands/run */
  terragrunt = () => {
    const all = (...args) => this.run('.', 'terragrunt', ['run', '--all', '--non-interactive', '--', ...args]);
    return {
      deploy: () => all('apply', '-auto-approve'),
      plan: () => all('plan'),
      destroy: () => all('destroy', '-auto-approve'),
      change: (days) => this.change(days),
    };
  };
}

const environment = (retentionDays) =>
  writeFile(
    file,
    `cloud: local\ntags: { Project: Nightshift, CostCenter: bench }\nlogs: { retentionDays: ${retentionDays} }\n`,
  );
const note = (text) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);

/** Title, tool, measurement. */
const rows = [];
const directory = await mkdtemp(join(tmpdir(), 'nightshift-bench-'));
try {
  await environment(30);
  note('local cloud and state bucket');
  await run('node', [nightshift, 'local', 'up']);
  await run('node', [nightshift, 'bootstrap', '-c', SUFFIX]);
  const print = ['node', '-p', 'JSON.stringify(process.env)'];
  const { stdout } = await run('node', [nightshift, 'local', 'exec', '--', ...print]);
  const copies = new Copies(directory, JSON.parse(stdout));

  note('synthesis');
  const synth = () => run('node', [nightshift, 'synth', '-c', SUFFIX]);
  await synth();
  rows.push(['synthesis, beside Nx', 'nightshift', await repeated(synth)]);
  await copies.take();

  const ours = {
    /** As `npm start` does, because `deploy` ends when a task is healthy. The other tools neither push nor wait. */
    cold: async () => {
      await nx('deploy', '-p', 'network,registry');
      await run('node', [nightshift, 'local', 'push', 'initial', '-c', SUFFIX]);
      await nx('deploy');
    },
    deploy: () => nx('deploy'),
    refresh: () => nx('deploy', '--refresh'),
    plan: () => nx('plan'),
    destroy: () => nx('destroy', '--yes'),
    change: environment,
  };
  const tools = {
    nightshift: ours,
    'terraform loop': copies.loop('terraform'),
    ...(onPath('terragrunt') && { terragrunt: copies.terragrunt() }),
    ...(onPath('tofu') && { 'tofu loop': copies.loop('tofu') }),
  };
  for (const [tool, { deploy, cold = deploy, refresh = deploy, plan, destroy, change }] of Object.entries(tools)) {
    const record = async (title, act, measured = measure) => {
      note(`${tool}: ${title}`);
      rows.push([title, tool, await measured(act)]);
    };
    await record('cold deploy', cold);
    await record('unchanged deploy', deploy, repeated);
    await record('unchanged deploy, compared with AWS', refresh, repeated);
    await record('plan of all', plan, repeated);
    await change(60);
    await record('deploy of one change', deploy);
    await record('destroy', destroy);
    await change(30);
  }
} finally {
  await run('node', [nightshift, 'bootstrap', '-c', SUFFIX, '--remove'], { reject: false });
  await rm(file, { force: true });
  await rm(directory, { recursive: true });
}

const head = ['', 'tool', 'wall, s', 'CPU, s', 'peak memory, MB', 'nightshift / tool'];
const table = new Table({ head, style: { head: [], border: [] } });
for (const title of new Set(rows.map(([title]) => title))) {
  const ofTitle = rows.filter(([other]) => other === title);
  const [[, , mine]] = ofTitle;
  for (const [, tool, { wall, cpu, memory }] of ofTitle) {
    table.push([title, tool, wall.toFixed(1), cpu.toFixed(1), memory.toFixed(0), (mine.wall / wall).toFixed(2)]);
  }
}
console.log(table.toString());

/**
 * Uses the providers of `nightshift`: the CLI configuration that its first deployment wrote for a mirror, if any.
 */
async function terraformEnvironment(env) {
  const folder = join(root, '.nightshift', 'terraform');
  const mirror = (await readdir(folder)).find((name) => name.endsWith('.tfrc'));
  return mirror ? { ...env, TF_CLI_CONFIG_FILE: join(folder, mirror) } : env;
}
