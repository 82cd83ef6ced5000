import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addConfigurationOption } from '../environment/configuration-option';
import { synthesizePlatform, type SynthOptions } from '../synth/synthesize-platform';

export function register(command: Command, effects: Effects): void {
  addConfigurationOption(command)
    .description(
      'Writes the Terraform configuration of all stacks of an environment to cdktf.out/<suffix>, unless it breaks a rule (docs/policy.md).',
    )
    .option('--json', 'print the result as one JSON object')
    .option(
      '--unjudged',
      'write also what breaks a rule: to look at it or to destroy it. plan and deploy judge it themselves, and refuse it',
    )
    .addHelpText('after', '\nExample:\n  npx nx run platform:synth -c dev   does nothing where nothing has changed')
    .action(async (options: SynthOptions) => {
      await synthesizePlatform(options, effects);
    });
}
