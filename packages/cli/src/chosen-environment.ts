import { join } from 'node:path';
import type { ProcessVariables } from '@nightshift/aws-access';
import { type Environment, environmentNames, loadEnvironment, requestedSuffix } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import type { Command } from 'commander';
import type { Directories } from './effects';

/**
 * The environment that `-c` and `ENVIRONMENT_SUFFIX` name.
 * @throws {UserError} when none is named, or its file is not there or not right.
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

export interface ConfigurationOption {
  readonly configuration?: string;
}

/** `-c <environment>`, as Nx has it. */
export function addConfigurationOption(command: Command): Command {
  return command
    .usage('-c <environment> [options]')
    .option(
      '-c, --configuration <environment>',
      'environment to use: the name of a file in environments/; a profile (preview) also needs ENVIRONMENT_SUFFIX',
    );
}
