import type { Command } from 'commander';
import { examine } from '../doctor/examine';
import type { DoctorContext } from '../doctor/doctor-context';
import { machineContext } from '../doctor/machine-context';
import type { Effects } from '../effects';
import { chosenEnvironment } from '../environment/chosen-environment';
import { addConfigurationOption, type ConfigurationOption } from '../environment/configuration-option';

interface Options extends ConfigurationOption {
  readonly json?: boolean;
}

export function register(
  command: Command,
  effects: Effects,
  contextOf: (effects: Effects) => DoctorContext = machineContext,
): void {
  addConfigurationOption(command)
    .description(
      'Checks all that a deployment of an environment needs: this machine, credentials, account, region, state bucket. Changes nothing.',
    )
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  npx nightshift doctor -c dev')
    .action(async (options: Options) => {
      const environment = chosenEnvironment('doctor', options, effects);
      await examine({ environment, context: contextOf(effects), effects, ...options });
    });
}
