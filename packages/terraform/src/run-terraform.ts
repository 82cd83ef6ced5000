import { profileIn } from '@nightshift/errors';
import { runProcess } from './run-process';
import { RunRecord, type Summary } from './run-record';
import type { SynthesizedStack } from './synthesized-stack';
import type { TerraformPhase } from './terraform-event';
import { terraformEnvironment } from './terraform-environment';
import type { TerraformOptions } from './terraform-options';
import { jsonInOutput } from './terraform-output';
import { userCommands } from './user-commands';

interface TerraformCommand {
  readonly options: TerraformOptions;
  readonly stack: SynthesizedStack;
  readonly phase: TerraformPhase;
  /** The subcommand and what follows it. */
  readonly args: readonly [string, ...string[]];
  /** @default - the stack's */
  readonly cwd?: string;
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
  { options, stack, phase, args, cwd = options.directory }: TerraformCommand,
  onLine: (record: RunRecord, line: string, stream: 'stdout' | 'stderr') => void,
): Promise<{ readonly record: RunRecord; readonly summary: Summary }> {
  const { binary, env, onEvent, interrupt, kill, configuration = stack.suffix, run = runProcess } = options;
  const record = new RunRecord({
    command: `${binary.product} ${args[0]}`,
    stack,
    commands: userCommands({ stack, configuration }),
    profile: profileIn(env),
    onEvent,
  });
  if (interrupt?.aborted) throw record.interrupted();
  onEvent({ type: 'phase', phase });
  const result = await run({
    file: binary.path,
    args,
    cwd,
    env: terraformEnvironment(env),
    onLine: (line, stream) => {
      onLine(record, line, stream);
    },
    interrupt,
    kill,
  });
  const stops = { interrupted: interrupt?.aborted ?? false, killed: kill?.aborted ?? false };
  return { record, summary: record.conclude(result, stops) };
}
