import { everydayCommands, profileIn } from '@nightshift/errors';
import type { ProviderHostProps } from './provider-host/attach-provider';
import { type ProcessEnvironment, runProcess, type RunProcess } from './run-process';
import { RunRecord, type Summary } from './run-record';
import type { SynthesizedStack } from './synthesized-stack';
import { MEMORY_FOR_TIME, terraformEnvironment } from './terraform-environment';
import type { TerraformPhase, TerraformEvent } from './terraform-event';
import { jsonInOutput } from './terraform-output';
import type { TerraformBinary } from './terraform-version';

interface TerraformCommand {
  readonly options: TerraformOptions;
  readonly stack: SynthesizedStack;
  readonly phase: TerraformPhase;
  /** The subcommand and its arguments. */
  readonly args: readonly [string, ...string[]];
  /** @default - the stack's */
  readonly cwd?: string;
  /** `TF_REATTACH_PROVIDERS`. @default - Terraform starts the provider */
  readonly reattach?: string | undefined;
}

/** Runs one Terraform command that reports events. */
export async function runTerraform(command: TerraformCommand): Promise<Summary> {
  const { record, summary } = await conclude(command, (current, line) => {
    current.read(line);
  });
  if (!record.hasEvents) throw record.withoutJson();
  return summary;
}

/**
 * Runs one Terraform command that prints one JSON value.
 * @param blank the result for empty output. @default - an error
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

/** Runs one Terraform command without output. */
export async function tellTerraform(command: TerraformCommand): Promise<void> {
  await conclude(command, (record, line) => {
    record.read(line);
  });
}

/** @throws {TerraformError | TerraformInterrupted} when the run failed or was interrupted. */
async function conclude(
  { options, stack, phase, args, cwd = options.directory, reattach }: TerraformCommand,
  onLine: (record: RunRecord, line: string, stream: 'stdout' | 'stderr') => void,
): Promise<{ readonly record: RunRecord; readonly summary: Summary }> {
  const { binary, env, onEvent, interrupt, kill, configuration = stack.suffix, run = runProcess } = options;
  const record = new RunRecord({
    command: `${binary.product} ${args[0]}`,
    phase,
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
    env: {
      ...terraformEnvironment(env),
      ...(reattach !== undefined && { ...MEMORY_FOR_TIME, TF_REATTACH_PROVIDERS: reattach }),
    },
    onLine: (line, stream) => {
      onLine(record, line, stream);
    },
    interrupt,
    kill,
  });
  const stops = { interrupted: interrupt?.aborted ?? false, killed: kill?.aborted ?? false };
  return { record, summary: record.conclude(result, stops) };
}

export interface TerraformOptions {
  readonly binary: TerraformBinary;
  /** A synthesized stack: `cdktf.out/<suffix>/stacks/<stack>`, which holds `cdk.tf.json`. */
  readonly directory: string;
  /** The whole environment of Terraform, such as the `env` that `findProviders` returns. */
  readonly env: ProcessEnvironment;
  readonly onEvent: (event: TerraformEvent) => void;
  /** Fires on the first Ctrl-C: asks Terraform to stop, and waits for it without a limit. */
  readonly interrupt?: AbortSignal | undefined;
  /** Fires on the second Ctrl-C: Terraform stops immediately, and may leave a lock. */
  readonly kill?: AbortSignal | undefined;
  /** Maximum wait in seconds for a state lock of another run. @default - 10 */
  readonly lockTimeoutSeconds?: number | undefined;
  /** The value of `-c` in suggested commands. @default - the suffix in `directory` */
  readonly configuration?: string | undefined;
  /** @default - the committed one */
  readonly lockFile?: string | undefined;
  /**
   * Reads an object in S3; undefined where there is none. If it fails, Terraform reads the object and explains the failure.
   * @default - Terraform reads the state
   */
  readonly readObject?: ((bucket: string, key: string) => Promise<string | undefined>) | undefined;
  /** Runs one provider for all commands. @default - each command starts a provider */
  readonly providerHost?: ProviderHostProps | undefined;
  /** @default - a real process */
  readonly run?: RunProcess | undefined;
}
