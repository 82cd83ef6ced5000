import { constants } from 'node:os';
import { UserError } from '@nightshift/errors';
import type { Effects, StopSignal } from '../effects';

interface RunProps {
  /** A program and its arguments. */
  readonly command: readonly string[];
  /** The whole environment that it gets. */
  readonly env: Readonly<Record<string, string>>;
  readonly effects: Pick<Effects, 'spawn' | 'cwd' | 'onSignal' | 'stdout' | 'stderr'>;
}

/**
 * Runs a program with our terminal and gives the code that it ended with; 128 + number for a signal, as shells do. Signals
 * are passed on, and waited for - but not a Ctrl-C that the terminal has sent to the program already: twice means "at once"
 * to Terraform, which then leaves its lock behind.
 */
export async function runInLocalCloud({ command, env, effects }: RunProps): Promise<number> {
  const [file = '', ...args] = command;
  const child = effects.spawn(file, args, { cwd: effects.cwd, env, stdio: 'inherit' });
  const fromTerminal = (signal: StopSignal) =>
    signal === 'SIGINT' && (effects.stdout.isTerminal || effects.stderr.isTerminal);
  const dispose = effects.onSignal((signal) => {
    if (!fromTerminal(signal)) child.kill(signal);
  });
  try {
    return await new Promise((resolve, reject) => {
      child.on('error', (error) => {
        reject(cannotRun(file, error));
      });
      child.on('close', (code, signal) => {
        resolve(signal === null ? Number(code) : 128 + constants.signals[signal]);
      });
    });
  } finally {
    dispose();
  }
}

function cannotRun(file: string, error: NodeJS.ErrnoException): UserError {
  return new UserError({
    where: 'nightshift local exec',
    what: error.code === 'ENOENT' ? 'there is no such program' : `the program cannot be run (${String(error.code)})`,
    got: file,
    todo: 'name a program on PATH, as in: npx nightshift local exec -- aws s3 ls',
  });
}
