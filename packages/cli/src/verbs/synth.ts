import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addConfigurationOption } from '../environment/configuration-option';
import { synthesizePlatform, type SynthOptions } from '../synth/synthesize-platform';

export function register(command: Command, effects: Effects): void {
  addConfigurationOption(command)
    .description(
      'Writes the Terraform configuration of all stacks of an environment to cdktf.out/<suffix>, unless it violates a rule (docs/policy.md).',
    )
    .option('--json', 'print the result as one JSON object')
    .option(
      '--skip-policy',
      'write the configuration even if it violates a rule, to inspect or destroy it; plan and deploy still refuse it',
    )
    .addHelpText('after', '\nExample:\n  npx nx run platform:synth -c dev   does nothing where nothing has changed')
    .action(async (options: SynthOptions) => {
      await synthesizePlatform(options, effects);
    });
}
