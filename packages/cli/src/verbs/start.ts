import type { Command } from 'commander';
import type { Effects } from '../effects';
import { chosenEnvironment } from '../environment/chosen-environment';
import { addConfigurationOption, type ConfigurationOption } from '../environment/configuration-option';
import { startContext, type StartContext } from '../start/start-context';
import { startEnvironment } from '../start/start-environment';

export function register(
  command: Command,
  effects: Effects,
  contextOf: (effects: Effects) => StartContext = startContext,
): void {
  addConfigurationOption(command)
    .description(
      'Starts the local cloud and deploys an environment to it, from nothing to a service that answers; `npm start` runs it.',
    )
    .addHelpText('after', '\nThe environment is `local` unless -c names another one with `cloud: local`.')
    .action(async ({ configuration = 'local' }: ConfigurationOption) => {
      const environment = chosenEnvironment('start', { configuration }, effects);
      await startEnvironment({ environment, effects, context: contextOf(effects) });
    });
}
