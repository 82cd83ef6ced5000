import type { Command } from 'commander';

export interface ConfigurationOption {
  readonly configuration?: string;
}

/** `-c <environment>`, as Nx has it. */
export function addConfigurationOption(command: Command): Command {
  return command.option(
    '-c, --configuration <environment>',
    'the name of a file in environments/; a profile (preview) needs ENVIRONMENT_SUFFIX too',
  );
}
