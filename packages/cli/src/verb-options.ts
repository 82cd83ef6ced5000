import { join } from 'node:path';
import type { ProcessVariables } from '@nightshift/aws-access';
import { type Environment, environmentNames, loadEnvironment, requestedSuffix } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import { type ChosenStack, type Directories, findStack, type Synthesis } from '@nightshift/stack-run';
import { type Command, InvalidArgumentError, Option } from 'commander';

/**
 * The environment of `-c` and `ENVIRONMENT_SUFFIX`.
 * @throws {UserError} when none is given, or its file is missing or invalid.
 */
export function chosenEnvironment(
  verb: string,
  { configuration }: ConfigurationOption,
  { root, env }: Pick<ProcessVariables, 'env'> & Pick<Directories, 'root'>,
): Environment {
  const directory = join(root, 'environments');
  if (configuration === undefined) {
    throw new UserError({
      where: `nightshift ${verb}`,
      what: 'no environment specified',
      todo: `use -c with one of ${environmentNames(directory).join(', ')}`,
    });
  }
  return loadEnvironment({ directory, name: configuration, suffix: requestedSuffix(env) });
}

/** The environment that `npm start` and `nightshift dev` work on without `-c`. */
export const STARTED_BY_DEFAULT = 'local';

/** @throws {UserError} for an environment in AWS. @param todo what to do instead. */
export function requireLocalEnvironment(where: string, { cloud, name }: Environment, todo: string): void {
  if (cloud === 'local') return;
  throw new UserError({ where, what: 'is for environments on the local cloud', got: name, todo });
}

export interface ConfigurationOption {
  readonly configuration?: string;
}

/** `-c <environment>`, as in Nx. */
export function addConfigurationOption(command: Command): Command {
  return command
    .usage('-c <environment> [options]')
    .option(
      '-c, --configuration <environment>',
      'environment to use: the name of a file in environments/; a profile (preview) also needs ENVIRONMENT_SUFFIX',
    );
}

export interface StackVerbOptions extends ConfigurationOption {
  readonly json?: boolean;
}

/** The arguments of every verb that acts on one stack: the stack, the environment, `--json`. */
export function addStackArguments(command: Command): Command {
  return addConfigurationOption(command.argument('[stack]', 'name of the stack, such as network'))
    .usage('<stack> -c <environment> [options]')
    .option('--json', 'print one JSON object per line; the last one has type result');
}

/**
 * Synthesizes first, so that a verb acts on the current files. In an Nx run the task `platform:synth` has done so, and other stacks of
 * the run read its files.
 * @param asItWas uses the existing files, because a saved plan was made from them.
 * @throws {UserError} when the environment or the stack is missing, unknown, invalid or not synthesized.
 */
export async function chosenStack(
  verb: string,
  stack: string | undefined,
  options: ConfigurationOption,
  effects: ProcessVariables & Directories & Synthesis,
  asItWas = false,
): Promise<ChosenStack> {
  const environment = chosenEnvironment(verb, options, effects);
  if (!asItWas && (stack === undefined || effects.env['NX_TASK_TARGET_PROJECT'] !== stack)) {
    await effects.synthesizeUnchecked(environment, join(effects.root, 'cdktf.out', environment.suffix));
  }
  return await findStack({ verb, stack, environment, root: effects.root });
}

/** The option of verbs that run a provider. */
export function addProviderHostOption(command: Command): Command {
  return command.option(
    '--no-provider-host',
    'start a provider for each Terraform command, instead of one for the run',
  );
}

/** `--during-window <reason>` (R14.2) */
export function addWindowOption(command: Command): Command {
  return command.option(
    '--during-window <reason>',
    'override a processing window; the reason is recorded in the state bucket',
    reason,
  );
}

function reason(text: string): string {
  if (text.trim() === '') throw new InvalidArgumentError('The reason is empty.');
  return text.trim();
}

/** `-y, --yes` of every verb that asks for confirmation. */
export function addYesOption(command: Command, more: string): Command {
  return command.option('-y, --yes', `skip the confirmation${more}`);
}

export interface AskOption {
  /** Only ask for confirmation, for these stacks (separated by commas) or `true` for all. */
  readonly askFor?: string | true;
}

/** The Nx plugin asks once for a whole run, before its first task. */
export function addAskOption(command: Command): Command {
  return command.addOption(
    new Option('--ask-for [stacks]', 'only ask for confirmation, once for a whole Nx run').hideHelp(),
  );
}

/** The stacks of `--ask-for`; undefined for all. */
export function askedStacks(askFor: string | true): readonly string[] | undefined {
  return askFor === true ? undefined : askFor.split(',');
}
