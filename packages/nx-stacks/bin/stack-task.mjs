// Nx runs this program for a target of a stack. It runs the nightshift command with the same arguments, out of reach of Nx's signals.
// When Nx is stopped, it sends SIGTERM to every process below it, the leaves of the tree first. That ends Terraform's provider in
// the middle of a call to AWS, and no state contains the resource that the call creates. So the command runs in a process that does not
// descend from Nx: the one that serves all stacks of the run (packages/cli/src/command-server.ts), or one of its own. It gets one
// SIGINT, and this process waits for it.
import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const command = fileURLToPath(new URL('../../cli/bin/nightshift.mjs', import.meta.url));
const stopAtOnce = join(tmpdir(), `nightshift-stop-${process.env.NIGHTSHIFT_RUN_ID}`);
// Nx replaces every exit code except 0 with 1; src/hooks.ts restores this one.
const exitCodeFile = join(tmpdir(), `nightshift-exit-${process.env.NIGHTSHIFT_RUN_ID}`);
// The command merges signals within 2 s, since they usually come from the same Ctrl-C.
const BETWEEN_SIGNALS_MILLISECONDS = 2500;
const CONNECT_ATTEMPTS = 20;
const BETWEEN_ATTEMPTS_MILLISECONDS = 50;
/** The exit code for a defect of ours. */
const DEFECT = 70;

if (process.argv[2] === 'prepare' && isDeployedFromHere(process.argv[3], process.argv[5])) process.exit(0);

const isRelease = ['release', 'rollback'].includes(process.argv[2]);

const args = process.argv.slice(2);
let interrupt = () => {};
let stopping = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);

const server = isRelease ? undefined : await connect(process.env.NIGHTSHIFT_COMMAND_SERVER);
const code = (server && (await runInServer(server))) ?? (await runInProcess());
const hasChanges = !isRelease && code === 2;
if (isRelease || hasChanges) writeFileSync(exitCodeFile, String(code));
// `drift` and `plan --detailed-exitcode` have succeeded, so the task must not fail in Nx.
process.exitCode = hasChanges ? 0 : code;

/** Waits for the server, which may still be starting. @returns undefined if there is none. */
async function connect(socket) {
  if (!socket) return undefined;
  for (let attempt = 1; ; attempt += 1) {
    const connection = net.connect(socket);
    const connected = await new Promise((resolve) => {
      connection.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    if (connected) return connection;
    if (attempt === CONNECT_ATTEMPTS) return undefined;
    await sleep(BETWEEN_ATTEMPTS_MILLISECONDS);
  }
}

/** @returns the exit code of the command; undefined if the server refuses it. */
async function runInServer(connection) {
  connection.on('error', () => {});
  connection.write(`${JSON.stringify({ argv: args, env: process.env, cwd: process.cwd() })}\n`);
  onInterrupt(() => connection.write('\n'));
  for await (const line of createInterface({ input: connection })) {
    const { stdout, stderr, exitCode, refused } = JSON.parse(line);
    if (stdout !== undefined) process.stdout.write(stdout);
    else if (stderr !== undefined) process.stderr.write(stderr);
    else {
      connection.destroy();
      return refused ? undefined : exitCode;
    }
  }
  process.stderr.write('error nightshift: the process that ran this command was ended - run the command again\n');
  return DEFECT;
}

/** Runs the command in a process of its own. @returns its exit code. */
async function runInProcess() {
  // Nx has made pipes of the terminal. A release draws and asks there, so it gets the terminal itself. The command then
  // behaves as without Nx.
  const terminal = isRelease ? openable(process.env.NIGHTSHIFT_TERMINAL) : undefined;
  const streams = terminal ? '<"$NIGHTSHIFT_TERMINAL" >>"$NIGHTSHIFT_TERMINAL" 2>&1' : '';
  const { NX_TASK_TARGET_PROJECT, ...env } = process.env;
  // The shell leaves at once, so that the rest loses its parent. Descriptor 3 gives the process id and then the exit code.
  const orphan = `( "$@" ${streams} 3>&- & echo $! >&3; wait $!; echo $? >&3 ) &`;
  const child = spawn('sh', ['-c', orphan, 'sh', process.execPath, command, ...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
    env: terminal || NX_TASK_TARGET_PROJECT === undefined ? env : { ...env, NX_TASK_TARGET_PROJECT },
  });
  const lines = createInterface({ input: child.stdio[3] })[Symbol.asyncIterator]();
  const { value: pid } = await lines.next();
  onInterrupt(() => {
    try {
      process.kill(Number(pid), 'SIGINT');
    } catch {
      // The command has just ended.
    }
  });
  const { value: exitCode } = await lines.next();
  // Without an exit code, the shell that waits for the command was killed.
  return exitCode === undefined ? DEFECT : Number(exitCode);
}

function onInterrupt(act) {
  interrupt = act;
  if (stopping) interrupt();
}

function stop() {
  if (stopping) return;
  stopping = true;
  interrupt();
  setInterval(() => {
    if (existsSync(stopAtOnce)) interrupt();
  }, BETWEEN_SIGNALS_MILLISECONDS).unref();
}

/**
 * Whether this checkout has deployed a stack, so that nothing is left to prepare: the command would need 0.5 s to read this from
 * the state. A local cloud that was started after the deployment is empty.
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
    // The terminal cannot be opened.
    return undefined;
  }
}
