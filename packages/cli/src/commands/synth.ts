import { join } from 'node:path';
import { type Problem, UserError, ExitCode } from '@nightshift/errors';
import type { Command } from 'commander';
import { z } from 'zod';
import { duration, type Terminal, type Time } from '@nightshift/console';
import {
  type Directories,
  readStackManifest,
  type StackManifest,
  printWarnings,
  type Synthesis,
} from '@nightshift/stack-run';
import type { CheckedSynthesis, Effects } from '../effects';
import { addConfigurationOption, chosenEnvironment, type ConfigurationOption } from '../verb-options';
import { environmentResult, resultOf } from '../json-result';
import type { ProcessVariables } from '@nightshift/aws-access';

export const output = {
  synth: environmentResult('synth', {
    directory: z.string().describe('Relative to the workspace.'),
    stacks: z.array(z.string()).describe('The names of the stacks, upstreams first.'),
    seconds: z.number(),
  }),
};

export function register(command: Command, effects: Effects): void {
  addConfigurationOption(command)
    .description(
      'Write the Terraform configuration of all stacks of an environment to cdktf.out/<suffix>. Fails if the configuration violates a policy rule (docs/policy.md).',
    )
    .option('--json', 'print one JSON object')
    .option(
      '--skip-policy',
      'write the configuration even if it violates a policy rule, to inspect or destroy it; plan and deploy still refuse it',
    )
    .addHelpText('after', '\nExample:\n  npx nx run platform:synth -c dev   uses the Nx cache if nothing has changed')
    .action(async (options: SynthOptions) => {
      await synthesizePlatform(options, effects);
    });
}

interface SynthOptions extends ConfigurationOption {
  readonly json?: boolean;
  readonly skipPolicy?: boolean;
}

/** `synth` */
async function synthesizePlatform(
  { json = false, skipPolicy = false, ...options }: SynthOptions,
  effects: Terminal & Time & ProcessVariables & Directories & Synthesis & CheckedSynthesis,
): Promise<void> {
  const { root, stdout } = effects;
  const began = effects.monotonic();
  const environment = chosenEnvironment('synth', options, effects);
  const directory = join('cdktf.out', environment.suffix);
  if (skipPolicy) await effects.synthesizeUnchecked(environment, join(root, directory));
  else await printWarnings(await effects.synthesize(environment, join(root, directory)), effects);
  // If nothing was written, the platform has a defect.
  const stacks = [...((await readStackManifest(join(root, directory))) as StackManifest).keys()];
  const milliseconds = effects.monotonic() - began;
  if (json) {
    const seconds = Math.round(milliseconds / 100) / 10;
    const result = { ...resultOf({ verb: 'synth', environment }), directory, stacks, seconds };
    stdout.json(output.synth, { ...result, exitCode: ExitCode.done });
  } else {
    const title = stdout.colours.bold(environment.suffix);
    stdout.write(`${title}: ${stacks.join(', ')} written to ${directory} (${duration(milliseconds)})\n`);
  }
}

/** A position in a source of the workspace, in a stack trace. Frames of the stacks are preferred to those of their packages. */
const PLACES = [/\b(apps\/[^\s():]+\.ts:\d+:\d+)/, /\b(packages\/[^\s():]+\.ts:\d+:\d+)/];

/** CDKTF's `[network/Vpc] message`, a line each, for failed validations and error annotations. */
const CONSTRUCT_COMPLAINT = /^\s*\[([^\]\s]+)\] (.+)$/gm;

/**
 * The stacks belong to the user: an error in a stack, or a stack that does not compile, is a user error.
 * @param thrown the error, thrown by code with its own copy of `UserError`.
 */
export function stackError(thrown: unknown, readableTrace: (trace: string) => string): unknown {
  if (!(thrown instanceof Error) || 'syscall' in thrown) return thrown;
  const { problems = complaints(thrown) } = thrown as { problems?: readonly Problem[] };
  const [first = thrownIn(thrown, readableTrace), ...others] = problems;
  return new UserError(first, ...others);
}

function complaints({ message }: Error): Problem[] {
  return [...message.matchAll(CONSTRUCT_COMPLAINT)].map(([, where, what]) => ({
    where: String(where),
    what: String(what),
    todo: 'correct the construct',
  }));
}

function thrownIn({ message, stack = '' }: Error, readableTrace: (trace: string) => string): Problem {
  const trace = readableTrace(stack);
  const place = PLACES.map((pattern) => pattern.exec(trace)?.[1]).find((found) => found !== undefined);
  return { where: place ?? 'apps/platform', what: message.replace(/\s+/g, ' ').trim(), todo: 'correct the source' };
}
