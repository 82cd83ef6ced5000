import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/** One program to run, without a shell. */
export interface ProcessRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** All variables: nothing else is inherited. */
  readonly env: ProcessEnvironment;
  /** Called for each line immediately, in order within one stream. */
  readonly onLine: (line: string, stream: 'stdout' | 'stderr') => void;
  /** On abort, the program gets one SIGINT. The run waits for its end without a limit. */
  readonly interrupt?: AbortSignal | undefined;
  /** On abort, the program gets a second SIGINT. */
  readonly kill?: AbortSignal | undefined;
}

export interface ProcessResult {
  /** Undefined when a signal ended the program or it could not be started. */
  readonly exitCode: number | undefined;
  /** Such as `SIGKILL`. */
  readonly signal: string | undefined;
  /** The error code of a failed start, such as `ENOENT`. */
  readonly startError: string | undefined;
}

export type RunProcess = (request: ProcessRequest) => Promise<ProcessResult>;

/**
 * Runs a program in its own process group, so that Ctrl-C in the terminal reaches only this process, which decides about signals. Never
 * rejects because of the program.
 */
export const runProcess: RunProcess = ({ file, args, cwd, env, onLine, interrupt, kill }) => {
  const child = spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines = (['stdout', 'stderr'] as const).map((stream) =>
    createInterface({ input: child[stream], crlfDelay: Infinity }).on('line', (line) => {
      onLine(line, stream);
    }),
  );
  const stop = () => {
    child.kill('SIGINT');
  };
  const signals = [interrupt, kill].filter((signal) => signal !== undefined);
  for (const signal of signals) signal.addEventListener('abort', stop, { once: true });
  return new Promise((resolve) => {
    const end = (result: Partial<ProcessResult>) => {
      for (const signal of signals) signal.removeEventListener('abort', stop);
      for (const reader of lines) reader.close();
      resolve({ exitCode: undefined, signal: undefined, startError: undefined, ...result });
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      end({ startError: error.code });
    });
    // Not 'exit', which precedes the last lines.
    child.once('close', (exitCode, signal) => {
      end({ exitCode: exitCode ?? undefined, signal: signal ?? undefined });
    });
  });
};
