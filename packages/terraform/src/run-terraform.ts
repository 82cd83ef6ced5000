import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { everydayCommands, profileIn } from '@nightshift/errors';
import { RunRecord, type Summary } from './run-record';
import type { SynthesizedStack } from './synthesized-stack';
import type { TerraformOptions } from './terraform';
import { terraformEnvironment } from './terraform-environment';
import type { TerraformPhase } from './terraform-event';
import { jsonInOutput } from './terraform-output';

interface TerraformCommand {
  readonly options: TerraformOptions;
  readonly stack: SynthesizedStack;
  readonly phase: TerraformPhase;
  /** The subcommand and what follows it. */
  readonly args: readonly [string, ...string[]];
  /** @default - the stack's */
  readonly cwd?: string;
  /** `TF_REATTACH_PROVIDERS`. @default - Terraform starts the provider */
  readonly reattach?: string | undefined;
}

/** Runs one Terraform command that reports events, and reads them as they come. */
export async function runTerraform(command: TerraformCommand): Promise<Summary> {
  const { record, summary } = await conclude(command, (current, line) => {
    current.read(line);
  });
  if (!record.hasEvents) throw record.withoutJson();
  return summary;
}

/**
 * Runs one Terraform command that answers with one JSON value.
 * @param blank what it means when nothing is printed. @default - that something is wrong
 */
export async function askTerraform(command: TerraformCommand, blank?: object): Promise<unknown> {
  const answer: string[] = [];
  const { record } = await conclude(command, (current, line, stream) => {
    if (stream === 'stdout') answer.push(line);
    else current.read(line);
  });
  const value = answer.every((line) => line.trim() === '') ? blank : jsonInOutput(answer);
  if (value === undefined) throw record.withoutJson(answer);
  return value;
}

/** Runs one Terraform command that only acts. */
export async function tellTerraform(command: TerraformCommand): Promise<void> {
  await conclude(command, (record, line) => {
    record.read(line);
  });
}

/** @throws {TerraformError | TerraformInterrupted} when the run did not do what it should. */
async function conclude(
  { options, stack, phase, args, cwd = options.directory, reattach }: TerraformCommand,
  onLine: (record: RunRecord, line: string, stream: 'stdout' | 'stderr') => void,
): Promise<{ readonly record: RunRecord; readonly summary: Summary }> {
  const { binary, env, onEvent, interrupt, kill, configuration = stack.suffix, run = runProcess } = options;
  const record = new RunRecord({
    command: `${binary.product} ${args[0]}`,
    stack,
    commands: everydayCommands({ name: configuration, suffix: stack.suffix }),
    profile: profileIn(env),
    onEvent,
  });
  if (interrupt?.aborted) throw record.interrupted();
  onEvent({ type: 'phase', phase });
  const result = await run({
    file: binary.path,
    args,
    cwd,
    env: { ...terraformEnvironment(env), ...(reattach !== undefined && { TF_REATTACH_PROVIDERS: reattach }) },
    onLine: (line, stream) => {
      onLine(record, line, stream);
    },
    interrupt,
    kill,
  });
  const stops = { interrupted: interrupt?.aborted ?? false, killed: kill?.aborted ?? false };
  return { record, summary: record.conclude(result, stops) };
}

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
  /** When it fires, the program gets one more SIGINT. */
  readonly kill?: AbortSignal | undefined;
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
    // Not 'exit': that comes before the last lines.
    child.once('close', (exitCode, signal) => {
      end({ exitCode: exitCode ?? undefined, signal: signal ?? undefined });
    });
  });
};
