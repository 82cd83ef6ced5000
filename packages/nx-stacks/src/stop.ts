import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Host = Pick<NodeJS.Process, 'on' | 'stdout'>;

/**
 * The file that requests an immediate stop from `bin/stack-task.mjs`: Nx passes only the first signal to tasks.
 */
export function stopAtOnceFile(runId: string): string {
  return join(tmpdir(), `nightshift-stop-${runId}`);
}

const STOPPING = 'Stopping: Terraform finishes the current operations, saves the state and releases its lock.';

/** Prints the effect of Ctrl-C and `kill`. Call it before Nx listens for signals, since Nx prints nothing after a signal. */
export function announceStop(runId: string, host: Host): void {
  const write = host.stdout.write.bind(host.stdout);
  let asked = false;
  host.on('SIGINT', () => {
    if (asked) {
      write('\nStopping now: the state may lack the current operations, and its lock may remain.\n');
      writeFileSync(stopAtOnceFile(runId), '');
      return;
    }
    asked = true;
    write(`\n${STOPPING} Ctrl-C again stops at once.\n`);
  });
  host.on('SIGTERM', () => {
    if (!asked) write(`\n${STOPPING}\n`);
    asked = true;
  });
}

/** Removes the files that the processes of a run exchange; `isFirstNotice` of stack-run writes the second one. */
export function forgetStop(runId: string): void {
  rmSync(stopAtOnceFile(runId), { force: true });
  rmSync(join(tmpdir(), `nightshift-notices-${runId}`), { recursive: true, force: true });
}

/** The file to which `bin/stack-task.mjs` writes the exit code of a release: Nx replaces every code except 0 with 1. */
export function exitCodeFile(runId: string): string {
  return join(tmpdir(), `nightshift-exit-${runId}`);
}

/** Reads the exit code and removes the file. */
export function takeExitCode(runId: string): number | undefined {
  const file = exitCodeFile(runId);
  try {
    const code = Number(readFileSync(file, 'utf8'));
    rmSync(file);
    return code;
  } catch {
    // The task ended before it wrote the file.
    return undefined;
  }
}

/**
 * The terminal device of standard input, such as `/dev/pts/3`. A task can open it by this name, but not as `/dev/tty`, because Nx runs
 * tasks in sessions without a terminal.
 */
export function terminalPath(command = 'tty'): string | undefined {
  try {
    return execFileSync(command, { stdio: ['inherit', 'pipe', 'ignore'], encoding: 'utf8' }).trim();
  } catch {
    // Standard input is not a terminal, or there is no `tty` command.
    return undefined;
  }
}
