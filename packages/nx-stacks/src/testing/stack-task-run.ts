import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inWorkspace } from './temporary-workspace';

export const runId = `task-${String(process.pid)}`;
const task = readFileSync(join(__dirname, '..', '..', 'bin', 'stack-task.mjs'), 'utf8');

/** A fake of the nightshift command: prints its arguments and its parent process, and stops shortly after a signal. */
const command = `
  import { execFileSync } from 'node:child_process';
  const say = (what) => console.log(JSON.stringify(what));
  let signals = 0;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {
    say({ signal });
    signals += 1;
    if (process.argv.includes('--slow') && signals < 2) return;
    setTimeout(() => process.exit(130), 200);
  });
  const ancestors = [process.ppid];
  while (ancestors[0] > 1) {
    ancestors.unshift(Number(execFileSync('ps', ['-o', 'ppid=', '-p', ancestors[0]], { encoding: 'utf8' })));
  }
  say({ arguments: process.argv.slice(2), ancestors, belowNx: 'NX_TASK_TARGET_PROJECT' in process.env });
  if (process.argv.includes('--wait')) setTimeout(() => {}, 20_000);
  else process.exitCode = Number(process.argv.slice(2).find((word) => /^\\d+$/.test(word)) ?? 0);
`;

interface Acted {
  readonly exitCode: number | null;
  /** Standard error, unless it is empty. */
  readonly errors?: string;
  readonly said: readonly Readonly<Record<string, unknown>>[];
}

/** Runs the task; `act` is called once, when the command has printed its first line. */
export async function runTask(
  args: string[],
  act: (pid: number) => void = () => undefined,
  more = {},
  others: Readonly<Record<string, unknown>> = {},
): Promise<Acted> {
  const files = {
    ...others,
    'packages/nx-stacks/bin/stack-task.mjs': task,
    'packages/cli/bin/nightshift.mjs': command,
  };
  return await inWorkspace(files, async (root) => {
    const child = spawn(process.execPath, [join(root, 'packages/nx-stacks/bin/stack-task.mjs'), ...args], {
      env: { ...process.env, NX_TASK_TARGET_PROJECT: 'compute', NIGHTSHIFT_RUN_ID: runId, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let text = '';
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      errors += chunk;
    });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (text === '') act(Number(child.pid));
      text += chunk;
    });
    const [exitCode] = (await once(child, 'close')) as [number | null];
    return {
      exitCode,
      ...(errors && { errors }),
      said: text
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
    };
  });
}
