import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { execa } from 'execa';

export type ProcessEnvironment = Readonly<Record<string, string | undefined>>;

/** One program to run, without a shell. */
export interface ProcessRequest {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited beside it. */
  readonly env: ProcessEnvironment;
  /** Called for each line as it comes, in order within one stream. */
  readonly onLine: (line: string, stream: 'stdout' | 'stderr') => void;
  /** When it fires, the program gets one SIGINT; it is then waited for, however long it takes. */
  readonly interrupt?: AbortSignal | undefined;
}

export interface ProcessResult {
  /** Undefined when a signal ended the program or it could not be started. */
  readonly exitCode: number | undefined;
  /** Such as `SIGKILL`. */
  readonly signal: string | undefined;
  /** Why it could not be started, such as `ENOENT`. */
  readonly startError: string | undefined;
}

export type RunProcess = (request: ProcessRequest) => Promise<ProcessResult>;

/**
 * Runs a program in a process group of its own, so that Ctrl-C in the terminal reaches us only and we decide what the
 * program hears. Never rejects because of what the program does.
 */
export const runProcess: RunProcess = async ({ file, args, cwd, env, onLine, interrupt }) => {
  const child = execa(file, args, {
    cwd,
    env,
    extendEnv: false,
    detached: true,
    stdin: 'ignore',
    buffer: false,
    reject: false,
  });
  const ends = (['stdout', 'stderr'] as const).map((stream) => {
    const lines = createInterface({ input: child[stream], crlfDelay: Infinity });
    lines.on('line', (line) => {
      onLine(line, stream);
    });
    return once(lines, 'close');
  });
  const stop = () => {
    child.kill('SIGINT');
  };
  interrupt?.addEventListener('abort', stop, { once: true });
  const [{ exitCode, signal, code }] = await Promise.all([child, ...ends]);
  interrupt?.removeEventListener('abort', stop);
  return { exitCode, signal, startError: exitCode === undefined && signal === undefined ? code : undefined };
};
