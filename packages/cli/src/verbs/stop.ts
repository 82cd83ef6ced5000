import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addConfigurationOption, type ConfigurationOption } from '../environment/configuration-option';
import { stopEnvironment } from '../stop/stop-environment';

export function register(command: Command, effects: Effects): void {
  addConfigurationOption(command)
    .description(
      'Stops the local cloud, with all that was deployed to it, and removes what was synthesized for the environment (`local` unless -c names another); `npm run stop` runs it. The Python environment and downloads stay, for a quick start.',
    )
    .action(async ({ configuration = 'local' }: ConfigurationOption) => {
      await stopEnvironment(configuration, effects);
    });
}
