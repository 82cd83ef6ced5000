import { constants } from 'node:os';
import { UserError } from '@nightshift/errors';
import type { ProcessControl, Terminal } from './terminal';

export interface ForegroundProps {
  /** A program and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  /** The whole environment that it gets. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly effects: Pick<Terminal, 'stdout' | 'stderr'> & Pick<ProcessControl, 'onSignal' | 'spawn'>;
  /** What the user ran, and what to do when the program is not there. */
  readonly where: string;
  readonly todo: string;
}

export interface ForegroundResult {
  /** What the program ended with; 128 + number for a signal, as shells have it. */
  readonly exitCode: number;
  /** Somebody asked to stop meanwhile. */
  readonly interrupted: boolean;
}

/**
 * Runs a program with our terminal, and gives it each signal once: twice means "at once" to Terraform, which then leaves its
 * lock behind. A Ctrl-C goes from the terminal to the program by itself. Without a terminal, whoever stops us may signal our
 * process alone or our whole group, so the program gets a group of its own, and every signal from us.
 * @throws {UserError} when the program cannot be run.
 */
export async function runForeground(props: ForegroundProps): Promise<ForegroundResult> {
  const { command, cwd, env, effects } = props;
  const [file, ...args] = command;
  const onTerminal = effects.stdout.isTerminal || effects.stderr.isTerminal;
  const child = effects.spawn(file, args, { cwd, env: { ...env }, stdio: 'inherit', detached: !onTerminal });
  let interrupted = false;
  const dispose = effects.onSignal((signal) => {
    interrupted = true;
    if (!onTerminal || signal !== 'SIGINT') child.kill(signal);
  });
  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      child.on('error', (error) => {
        reject(cannotRun(error, props));
      });
      child.on('close', (code, signal) => {
        resolve(signal === null ? Number(code) : 128 + constants.signals[signal]);
      });
    });
    return { exitCode, interrupted };
  } finally {
    dispose();
  }
}

function cannotRun(error: NodeJS.ErrnoException, { command, where, todo }: ForegroundProps): UserError {
  const what =
    error.code === 'ENOENT' ? 'there is no such program' : `the program cannot be run (${String(error.code)})`;
  return new UserError({ where, what, got: command[0], todo });
}
