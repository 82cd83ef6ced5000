import { Option, type Command } from 'commander';
import { connectEnvironment } from '../aws/connect-environment';
import { bootstrapEnvironment } from '../bootstrap/bootstrap-environment';
import { removeEnvironment } from '../bootstrap/remove-environment';
import type { Effects } from '../effects';
import { endpointLines } from '../environment/cloud-environment';
import { chosenEnvironment } from '../environment/chosen-environment';
import { addConfigurationOption, type ConfigurationOption } from '../environment/configuration-option';

interface Options extends ConfigurationOption {
  readonly check?: boolean;
  readonly remove?: boolean;
  readonly json?: boolean;
}

/** @param connect how AWS is reached. */
export function register(command: Command, effects: Effects, connect = connectEnvironment): void {
  addConfigurationOption(command)
    .description(
      'Create the bucket and the key for the Terraform state of an environment and the bucket of its access logs, harden them, and repair what has drifted. Run it again at any time.',
    )
    .option('--check', 'change nothing; end with 2 when something would be changed')
    .addOption(
      new Option('--remove', 'delete the buckets and the key; refused while a state holds resources').conflicts(
        'check',
      ),
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `
Examples:
  npx nightshift bootstrap -c dev            before the first deployment
  npx nightshift bootstrap -c dev --check    is it as it should be?
  npx nightshift bootstrap -c dev --remove   after the last destroy`,
    )
    .action(async (options: Options) => {
      const environment = chosenEnvironment('bootstrap', options, effects);
      const aws = await connect(environment, effects);
      if (options.remove) await removeEnvironment({ aws, environment, effects, ...options });
      else await bootstrapEnvironment({ aws, environment, effects, ...options });
      if (!options.json) (await endpointLines(environment, effects)).forEach(effects.stdout.write);
    });
}
