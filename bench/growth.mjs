// Measures how the commands that read all environment files grow from 5 to 50 environments. See README.md.
import { execa } from 'execa';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { measure, runBelowSubreaper } from './usage.mjs';

const COUNTS = [5, 20, 50];
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const directory = join(root, 'environments');
const added = (index) => join(directory, `growth-${index}.yaml`);
const { values } = parseArgs({ options: { deployed: { type: 'string' } } });

const nightshift = (...args) => ['node', join(root, 'packages', 'cli', 'bin', 'nightshift.mjs'), ...args];
const nx = (...args) => ['npx', 'nx', ...args];
const commands = [
  nightshift('environments'),
  nightshift('doctor', '-c', 'dev'),
  nightshift('synth', '-c', 'dev'),
  nx('graph', '--file=.nightshift/graph.json'),
  nx('show', 'project', 'compute', '--json'),
  nx('run', 'platform:synth', '-c', 'dev'),
  ...(values.deployed
    ? [
        nx('run-many', '-t', 'plan', '-c', values.deployed, '--outputStyle=static'),
        nx('run-many', '-t', 'deploy', '-c', values.deployed, '--outputStyle=static'),
      ]
    : []),
];
const name = ([, ...args]) => args.join(' ').replace(/^.*nightshift\.mjs/, 'nightshift');

async function compare() {
  const existing = readdirSync(directory).filter((file) => file.endsWith('.yaml')).length;
  const rows = new Map(commands.map((command) => [name(command), []]));
  try {
    for (const count of COUNTS) {
      for (let index = existing; index < count; index += 1) {
        const network = `network: { cidr: 10.${index}.0.0/16 }`;
        writeFileSync(added(index), `tags: { Project: Nightshift, CostCenter: bench }\n${network}\n`);
      }
      for (const command of commands) {
        const [file, ...args] = command;
        const act = () => execa(file, args, { cwd: root, all: true, stdin: 'ignore', reject: false });
        // The first run fills caches.
        await act();
        rows.get(name(command)).push((await measure(act)).cpu);
      }
    }
  } finally {
    for (let index = existing; index < COUNTS.at(-1); index += 1) rmSync(added(index), { force: true });
  }
  console.log(
    `| CPU seconds with this many environments | ${COUNTS.join(' | ')} |\n|---|${COUNTS.map(() => '---|').join('')}`,
  );
  for (const [title, cpu] of rows) console.log(`| \`${title}\` | ${cpu.map((one) => one.toFixed(2)).join(' | ')} |`);
}

if (process.env.BENCH_MEASURES) await compare();
else runBelowSubreaper();
