// Compares our commands with Terraform, OpenTofu, Terragrunt and cdktf-cli, as far as they are on PATH, on the same synthesized stacks, in
// one run. See README.md.
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { measure, runBelowSubreaper } from './usage.mjs';

const TOOLS = ['nightshift', 'terraform', 'tofu', 'terragrunt', 'cdktf'];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '1' }, tools: { type: 'string', default: TOOLS.join(',') } },
});

/** Each tool has its own environment, because AWS creates the log group of Container Insights again after the cluster is deleted. */
let suffix = '';
const file = () => join(root, 'environments', `${suffix}.yaml`);
const outdir = () => join(root, 'cdktf.out', suffix);
const manifest = () => JSON.parse(readFileSync(join(outdir(), 'manifest.json'), 'utf8')).stacks;
const nightshift = join(root, 'packages', 'cli', 'bin', 'nightshift.mjs');

/** Runs a command in the workspace. Rejects if it fails, because its time would be meaningless. */
const run = (command, args, options = {}) =>
  execa(command, args, { cwd: root, all: true, stdin: 'ignore', ...options });
const ours = (...args) => run('node', [nightshift, ...args, '-c', suffix]);
const nx = (target, ...others) =>
  run('npx', ['nx', 'run-many', '-t', target, '-c', suffix, '--outputStyle=static', ...others]);
const onPath = (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name)));
const note = (text) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);
const environment = (retentionDays) =>
  writeFile(
    file(),
    `cloud: local\ntags: { Project: Nightshift, CostCenter: bench }\nlogs: { retentionDays: ${retentionDays} }\n`,
  );

const PUSH_AGAIN_MILLISECONDS = 5000;

/** `deploy` ends when a task is healthy, so it needs an image. The other tools do not wait for the service. */
async function coldDeploy() {
  let ended = false;
  const deployed = nx('deploy').finally(() => (ended = true));
  const pushed = async () => {
    while (
      !ended &&
      (await run('node', [nightshift, 'local', 'push', 'initial', '-c', suffix], { reject: false })).failed
    ) {
      await setTimeout(PUSH_AGAIN_MILLISECONDS);
    }
  };
  await Promise.all([deployed, pushed()]);
}

/** Runs an act for each stack, after those that it depends on, or that depend on it. */
async function inOrder(act, reverse = false) {
  const stacks = Object.entries(manifest()).map(([name, { dependencies }]) => ({ name, dependencies }));
  const before = ({ name, dependencies }) =>
    reverse ? stacks.filter((one) => one.dependencies.includes(name)).map((one) => one.name) : dependencies;
  const done = new Map();
  const start = (stack) => {
    if (!done.has(stack.name)) {
      const first = before(stack).map((name) => start(stacks.find((one) => one.name === name)));
      done.set(
        stack.name,
        Promise.all(first).then(() => act(stack.name)),
      );
    }
    return done.get(stack.name);
  };
  await Promise.all(stacks.map(start));
}

/** A tool in its own copy of the synthesized stacks, with the environment that `nightshift` gives Terraform. */
class Copy {
  constructor(directory, env) {
    this.directory = directory;
    this.env = env;
  }

  stack = (name) => join(this.directory, 'cdktf.out', 'stacks', name);

  async take() {
    for (const [stack, { dependencies }] of Object.entries(manifest())) {
      const target = (name) => join(this.stack(stack), name);
      await cp(join(outdir(), 'stacks', stack, 'cdk.tf.json'), target('cdk.tf.json'));
      await cp(join(root, 'packages', 'terraform', '.terraform.lock.hcl'), target('.terraform.lock.hcl'));
      const paths = dependencies.map((name) => `../${name}`);
      await writeFile(target('terragrunt.hcl'), `dependencies {\n  paths = ${JSON.stringify(paths)}\n}\n`);
    }
    await cp(join(outdir(), 'manifest.json'), join(this.directory, 'cdktf.out', 'manifest.json'));
    await writeFile(join(this.directory, 'cdktf.json'), '{ "language": "typescript", "app": "true" }\n');
  }

  /** As in a usual script, each stack starts as soon as its upstream stacks are done. */
  script(binary) {
    const at = (stack, ...args) => run(binary, [...args, '-input=false'], { cwd: this.stack(stack), env: this.env });
    return {
      deploy: () =>
        inOrder(async (stack) => {
          await at(stack, 'init');
          await at(stack, 'apply', '-auto-approve');
        }),
      plan: () => Promise.all(Object.keys(manifest()).map((stack) => at(stack, 'plan'))),
      destroy: () => inOrder((stack) => at(stack, 'destroy', '-auto-approve'), true),
    };
  }

  /** https://docs.terragrunt.com/reference/cli/commands/run */
  terragrunt() {
    const options = { cwd: join(this.directory, 'cdktf.out', 'stacks'), env: this.env };
    const all = (...args) => run('terragrunt', ['run', '--all', '--non-interactive', '--', ...args], options);
    return {
      deploy: () => all('apply', '-auto-approve'),
      plan: () => all('plan'),
      destroy: () => all('destroy', '-auto-approve'),
    };
  }

  /** cdktf-cli plans only one stack at a time. https://developer.hashicorp.com/terraform/cdktf/cli-reference/commands */
  cdktf() {
    const env = { ...this.env, CI: 'true', DISABLE_VERSION_CHECK: '1', CHECKPOINT_DISABLE: '1' };
    const all = (verb) =>
      run('cdktf', [verb, '*', '--skip-synth', '--auto-approve', '--output', 'cdktf.out'], {
        cwd: this.directory,
        env,
      });
    return { deploy: () => all('deploy'), destroy: () => all('destroy') };
  }
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

async function repeated(act) {
  const all = [];
  for (let round = 0; round < Number(values.rounds); round += 1) all.push(await measure(act));
  return Object.fromEntries(['wall', 'cpu', 'memory'].map((part) => [part, median(all.map((one) => one[part]))]));
}

/** The rows of one tool: measurements by title. */
async function benchmark(tool, { deploy, cold = deploy, refresh, plan, destroy, change }) {
  const rows = new Map();
  const record = async (title, act, measured = measure) => {
    note(`${tool}: ${title}`);
    rows.set(title, await measured(act));
  };
  await record('cold deploy', cold);
  await record('unchanged deploy', deploy, repeated);
  // The other tools always compare with AWS.
  if (refresh) await record('unchanged deploy with refresh', refresh, repeated);
  else rows.set('unchanged deploy with refresh', rows.get('unchanged deploy'));
  if (plan) await record('plan of all', plan, repeated);
  await change(60);
  await record('one change', deploy);
  await record('destroy', destroy);
  await change(30);
  return rows;
}

/** The results as Markdown. Each ratio is the value of Nightshift divided by that of the other tool. */
function print(all) {
  const ratio = (mine, other) => (other > 0 ? (mine / other).toFixed(2) : '');
  console.log(
    '| | tool | wall, s | ratio | CPU, s | ratio | peak memory, MB | ratio |\n|---|---|---|---|---|---|---|---|',
  );
  for (const title of new Set([...all.values()].flatMap((rows) => [...rows.keys()]))) {
    const mine = all.get(TOOLS[0])?.get(title);
    for (const [tool, rows] of all) {
      const row = rows.get(title);
      if (!row) continue;
      const cells = [row.wall.toFixed(1), row.cpu.toFixed(1), row.memory.toFixed(0)];
      const ratios = ['wall', 'cpu', 'memory'].map((part) =>
        mine && mine !== row ? ratio(mine[part], row[part]) : '',
      );
      console.log(`| ${title} | ${tool} | ${cells.map((cell, index) => `${cell} | ${ratios[index]}`).join(' | ')} |`);
    }
  }
}

/** Uses the providers of `nightshift`: the CLI configuration that it writes for a mirror, if any. */
async function terraformEnvironment() {
  const { stdout } = await run('node', [
    nightshift,
    'local',
    'exec',
    '--',
    'node',
    '-p',
    'JSON.stringify(process.env)',
  ]);
  const folder = join(root, '.nightshift', 'terraform');
  const mirror = existsSync(folder) && (await readdir(folder)).find((name) => name.endsWith('.tfrc'));
  return { ...JSON.parse(stdout), ...(mirror && { TF_CLI_CONFIG_FILE: join(folder, mirror) }) };
}

async function compare() {
  const directory = await mkdtemp(join(tmpdir(), 'nightshift-bench-'));
  const chosen = values.tools.split(',');
  const results = new Map();
  try {
    for (const tool of TOOLS.filter((one) => chosen.includes(one))) {
      if (tool === 'nightshift' || onPath(tool)) results.set(tool, await inOwnEnvironment(tool, join(directory, tool)));
      else note(`${tool} is not on PATH`);
    }
  } finally {
    await rm(directory, { recursive: true });
    print(results);
  }
}

async function inOwnEnvironment(tool, directory) {
  suffix = `bench-${TOOLS.indexOf(tool)}`;
  try {
    await environment(30);
    await ours('synth');
    await ours('bootstrap');
    return await benchmark(tool, await toolOf(tool, directory));
  } finally {
    await run('node', [nightshift, 'bootstrap', '-c', suffix, '--remove'], { reject: false });
    await rm(file(), { force: true });
  }
}

async function toolOf(tool, directory) {
  if (tool === TOOLS[0]) {
    return {
      cold: coldDeploy,
      deploy: () => nx('deploy'),
      refresh: () => nx('deploy', '--refresh'),
      plan: () => nx('plan'),
      destroy: () => nx('destroy', '--yes'),
      change: environment,
    };
  }
  const copy = new Copy(directory, await terraformEnvironment());
  await copy.take();
  const change = async (days) => {
    await environment(days);
    await ours('synth');
    await copy.take();
  };
  const acts = { terragrunt: () => copy.terragrunt(), cdktf: () => copy.cdktf() }[tool] ?? (() => copy.script(tool));
  return { ...acts(), change };
}

if (process.env.BENCH_MEASURES) {
  await compare();
} else {
  note('local cloud');
  await run('node', [nightshift, 'local', 'up']);
  runBelowSubreaper();
}
