// What Nx runs for a target of a stack: the nightshift command with the same arguments, out of reach of Nx's signals.
// When it is stopped, Nx sends SIGTERM to every process below it, the ends of the tree first: that ends Terraform's provider in
// the middle of a call to AWS, and what it creates just then is in no state. So the command runs as a process that does
// not descend from Nx; it gets one SIGINT, and this process waits for it.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../cli/bin/nightshift.mjs', import.meta.url));
const stopAtOnce = join(tmpdir(), `nightshift-stop-${process.env.NIGHTSHIFT_RUN_ID}`);
// Nx makes 1 of every code but 0; src/hooks.ts ends it with this one.
const exitCodeFile = join(tmpdir(), `nightshift-exit-${process.env.NIGHTSHIFT_RUN_ID}`);
// The command merges signals that come within 2 s, as they are often one and the same Ctrl-C.
const BETWEEN_SIGNALS_MILLISECONDS = 2500;

if (process.argv[2] === 'prepare' && isDeployedFromHere(process.argv[3], process.argv[5])) process.exit(0);

const isRelease = ['release', 'rollback'].includes(process.argv[2]);

// Nx has made pipes of the terminal. A release draws and asks there, so it gets the terminal itself; to the command that is as
// if Nx were not there.
const terminal = isRelease ? openable(process.env.NIGHTSHIFT_TERMINAL) : undefined;
const streams = terminal ? '<"$NIGHTSHIFT_TERMINAL" >>"$NIGHTSHIFT_TERMINAL" 2>&1' : '';
const { NX_TASK_TARGET_PROJECT, ...env } = process.env;

// The shell leaves at once, so that the rest loses its parent. Descriptor 3 tells the process id and then the exit code.
const orphan = `( "$@" ${streams} 3>&- & echo $! >&3; wait $!; echo $? >&3 ) &`;
const child = spawn('sh', ['-c', orphan, 'sh', process.execPath, command, ...process.argv.slice(2)], {
  stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
  env: terminal || NX_TASK_TARGET_PROJECT === undefined ? env : { ...env, NX_TASK_TARGET_PROJECT },
});

/**
 * Whether this checkout has deployed a stack, so that nothing is left to prepare: the command would need 0.5 s to find that out in the
 * state. A local cloud that was started after that is empty.
 */
function isDeployedFromHere(stack, environment) {
  const root = join(dirname(command), '..', '..', '..');
  const file = join(root, 'cdktf.out', process.env.ENVIRONMENT_SUFFIX || environment, 'stacks', stack, 'run.json');
  const cloud = join(root, '.nightshift', 'local', 'server.json');
  try {
    const { verb, status } = JSON.parse(readFileSync(file, 'utf8'));
    const isOlder = existsSync(cloud) && statSync(file).mtimeMs <= statSync(cloud).mtimeMs;
    return verb === 'deploy' && status === 'succeeded' && !isOlder;
  } catch {
    return false;
  }
}

function openable(path) {
  try {
    closeSync(openSync(path, 'r+'));
    return path;
  } catch {
    // There is none, or it is not ours.
    return undefined;
  }
}

let told = '';
let stopping = false;
const pid = () => Number(told.split('\n')[0]);

function interrupt() {
  try {
    process.kill(pid(), 'SIGINT');
  } catch {
    // It has just ended.
  }
}

function stop() {
  if (stopping) return;
  stopping = true;
  if (told.includes('\n')) interrupt();
  setInterval(() => {
    if (existsSync(stopAtOnce)) interrupt();
  }, BETWEEN_SIGNALS_MILLISECONDS).unref();
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

child.stdio[3].setEncoding('utf8').on('data', (text) => {
  const known = told.includes('\n');
  told += text;
  if (stopping && !known && told.includes('\n')) interrupt();
});
child.stdio[3].on('close', () => {
  const code = told.split('\n')[1];
  const hasChanges = !isRelease && code === '2';
  if ((isRelease && code) || hasChanges) writeFileSync(exitCodeFile, code);
  // `drift` and `plan --detailed-exitcode` have done their work: to Nx that is no failure.
  if (hasChanges) process.exit(0);
  // No code: somebody killed the shell that waits for the command.
  process.exit(code ? Number(code) : 70);
});
