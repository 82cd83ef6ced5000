// Compares our commands with plain Terraform in a shell loop, on the same synthesized stacks, in one run. See README.md.
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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
const ours = (target, ...others) =>
  run('npx', ['nx', 'run-many', '-t', target, '-c', SUFFIX, '--outputStyle=static', ...others]);
const clock = async (act) => {
  const started = performance.now();
  await act();
  return (performance.now() - started) / 1000;
};
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const repeated = async (act) => {
  const seconds = [];
  for (let round = 0; round < rounds; round += 1) seconds.push(await clock(act));
  return median(seconds);
};

/** Plain Terraform in copies of the synthesized stacks, with the environment that `nightshift` gives it. */
class Loop {
  constructor(directory, cloud) {
    this.directory = directory;
    this.cloud = cloud;
  }

  async each(stacks, ...commands) {
    const env = await terraformEnvironment(this.cloud);
    for (const stack of stacks) {
      for (const args of commands) {
        await run('terraform', args, { cwd: join(this.directory, stack), env });
      }
    }
  }

  async take() {
    for (const stack of stacks()) {
      await cp(join(synthesized, stack, 'cdk.tf.json'), join(this.directory, stack, 'cdk.tf.json'));
      await cp(
        join(root, 'packages', 'terraform', '.terraform.lock.hcl'),
        join(this.directory, stack, '.terraform.lock.hcl'),
      );
    }
  }

  deploy = () => this.each(stacks(), ['init', '-input=false'], ['apply', '-input=false', '-auto-approve']);
  plan = () => this.each(stacks(), ['plan', '-input=false']);
  destroy = () => this.each(stacks().reverse(), ['destroy', '-input=false', '-auto-approve']);
}

const environment = (retentionDays) =>
  writeFile(
    file,
    `cloud: local\ntags: { Project: Nightshift, CostCenter: bench }\nlogs: { retentionDays: ${retentionDays} }\n`,
  );
const note = (text) => process.stderr.write(`${new Date().toISOString().slice(11, 19)} ${text}\n`);

const rows = [];
const directory = await mkdtemp(join(tmpdir(), 'nightshift-bench-'));
try {
  await environment(30);
  note('local cloud and state bucket');
  await run('node', [nightshift, 'local', 'up']);
  await run('node', [nightshift, 'bootstrap', '-c', SUFFIX]);
  const { stdout } = await run('node', [
    nightshift,
    'local',
    'exec',
    '--',
    'node',
    '-p',
    'JSON.stringify(process.env)',
  ]);
  const loop = new Loop(directory, JSON.parse(stdout));

  note('synthesis');
  await run('node', [nightshift, 'synth', '-c', SUFFIX]);
  rows.push([
    'synthesis, beside Nx',
    await repeated(() => run('node', [nightshift, 'synth', '-c', SUFFIX])),
    undefined,
  ]);
  await loop.take();

  const measured = { cold: [], unchanged: [], changed: [], plan: [], destroy: [] };
  for (const [side, { deploy, plan, destroy, change }] of [
    [
      'ours',
      {
        deploy: () => ours('deploy'),
        plan: () => ours('plan'),
        destroy: () => ours('destroy', '--yes'),
        change: environment,
      },
    ],
    [
      'loop',
      {
        deploy: loop.deploy,
        plan: loop.plan,
        destroy: loop.destroy,
        change: async (days) => {
          await environment(days);
          await run('node', [nightshift, 'synth', '-c', SUFFIX]);
          await loop.take();
        },
      },
    ],
  ]) {
    note(`${side}: cold deploy`);
    measured.cold.push(await clock(deploy));
    note(`${side}: unchanged deploy`);
    measured.unchanged.push(await repeated(deploy));
    note(`${side}: one change`);
    await change(60);
    measured.changed.push(await clock(deploy));
    note(`${side}: plan of all`);
    measured.plan.push(await repeated(plan));
    note(`${side}: destroy`);
    measured.destroy.push(await clock(destroy));
    await change(30);
  }
  rows.push(
    ['cold deploy', ...measured.cold],
    ['unchanged deploy', ...measured.unchanged],
    ['deploy of one change', ...measured.changed],
    ['plan of all', ...measured.plan],
    ['destroy', ...measured.destroy],
  );
} finally {
  await run('node', [nightshift, 'bootstrap', '-c', SUFFIX, '--remove'], { reject: false });
  await rm(file, { force: true });
  await rm(directory, { recursive: true });
}

const table = new Table({ head: ['', 'nightshift, s', 'terraform loop, s', 'ratio'], style: { head: [], border: [] } });
for (const [title, mine, theirs] of rows) {
  table.push([title, mine.toFixed(1), theirs?.toFixed(1) ?? '', theirs ? (mine / theirs).toFixed(2) : '']);
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
