import { constants } from 'node:os';
import { UserError } from '@nightshift/errors';
import type { ProcessControl, Terminal } from './terminal';

export interface ForegroundProps {
  /** A program and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  /** All variables of the program. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly effects: Pick<Terminal, 'stdout' | 'stderr'> & Pick<ProcessControl, 'onSignal' | 'spawn'>;
  /** The command of the user, and the fix if the program does not exist. */
  readonly where: string;
  readonly todo: string;
}

export interface ForegroundResult {
  /** Exit code of the program; 128 + number for a signal, as in shells. */
  readonly exitCode: number;
  /** Whether a signal arrived. */
  readonly interrupted: boolean;
}

/**
 * Runs a program with the terminal of this process, and forwards each signal once: Terraform stops immediately on a second one, and leaves
 * its lock. The terminal itself sends Ctrl-C to the program. Without a terminal, a signal may go to this process or to its group, so the
 * program runs in its own group and gets every signal from this process.
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
