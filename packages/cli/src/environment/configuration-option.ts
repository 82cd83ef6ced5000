import type { Command } from 'commander';

export interface ConfigurationOption {
  readonly configuration?: string;
}

/** `-c <environment>`, as Nx has it. */
export function addConfigurationOption(command: Command): Command {
  return command.option(
    '-c, --configuration <environment>',
    'the environment: the name of its file in environments/; for a profile the environment variable ENVIRONMENT_SUFFIX says which one',
  );
}
