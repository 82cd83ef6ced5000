import { runProcess, type ProcessEnvironment } from './run-process';
import { RunRecord, type Summary } from './run-record';
import type { SynthesizedStack } from './synthesized-stack';
import type { TerraformPhase } from './terraform-event';
import type { TerraformOptions } from './terraform-options';
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
  return await conclude(command, (record, line) => {
    record.read(line);
  });
}

/** Runs one Terraform command that answers with one value, and returns its text. */
export async function askTerraform(command: TerraformCommand): Promise<string> {
  const answer: string[] = [];
  await conclude(command, (record, line, stream) => {
    if (stream === 'stdout') answer.push(line);
    else record.read(line);
  });
  return answer.join('\n');
}

/** @throws {TerraformError | TerraformInterrupted} when the run did not do what it should. */
async function conclude(
  { options, stack, phase, args, cwd = options.directory }: TerraformCommand,
  onLine: (record: RunRecord, line: string, stream: 'stdout' | 'stderr') => void,
): Promise<Summary> {
  const { binary, env, onEvent, interrupt, kill, configuration = stack.suffix, run = runProcess } = options;
  const record = new RunRecord({
    command: `${binary.product} ${args[0]}`,
    stack,
    commands: userCommands({ binary, stack, configuration }),
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
  return record.conclude(result, { interrupted: interrupt?.aborted ?? false, killed: kill?.aborted ?? false });
}

/** Never asks, never phones home, and always uses the stack's own state and data directory. */
function terraformEnvironment(env: ProcessEnvironment): ProcessEnvironment {
  const own = { TF_INPUT: '0', TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' };
  return { ...env, TF_WORKSPACE: undefined, TF_DATA_DIR: undefined, ...own };
}
