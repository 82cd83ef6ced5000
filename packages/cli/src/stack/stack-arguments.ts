import { join } from 'node:path';
import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addConfigurationOption, type ConfigurationOption } from '../environment/configuration-option';
import { chosenEnvironment } from '../environment/chosen-environment';
import type { ChosenStack } from './chosen-stack';
import { findStack } from './find-stack';

export interface StackVerbOptions extends ConfigurationOption {
  readonly json?: boolean;
}

/** What every verb that acts on one stack has in common: the stack, the environment, `--json`. */
export function addStackArguments(command: Command): Command {
  return addConfigurationOption(command.argument('[stack]', 'the stack, such as network')).option(
    '--json',
    'one JSON object a line; the last, of type result, says how it ended',
  );
}

/**
 * Synthesizes first, so that a verb acts on what the files say now. Below Nx `platform:synth` has just done so, and other stacks of
 * the run read its files.
 * @param asItWas take what was synthesized before: a saved plan was made from it.
 * @throws {UserError} when environment or stack are not named, not known, not right, or not synthesized.
 */
export async function chosenStack(
  verb: string,
  stack: string | undefined,
  options: ConfigurationOption,
  effects: Effects,
  asItWas = false,
): Promise<ChosenStack> {
  const environment = chosenEnvironment(verb, options, effects);
  if (!asItWas && (stack === undefined || effects.env['NX_TASK_TARGET_PROJECT'] !== stack)) {
    await effects.synthesizeUnchecked(environment, join(effects.root, 'cdktf.out', environment.suffix));
  }
  return await findStack({ verb, stack, environment, root: effects.root });
}
