import { prepareOutput, type PrepareOptions, prepareStack } from '@nightshift/stack-run';
import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addProviderHostOption, addStackArguments, chosenStack, type ConfigurationOption } from '../verb-options';

export const output = { prepare: prepareOutput };

export function register(command: Command, effects: Effects): void {
  // Nx forwards the options of `deploy`, which refuses unknown ones.
  addProviderHostOption(addStackArguments(command).allowUnknownOption().allowExcessArguments())
    .description(
      'Create the resources of one stack that depend on no other stack, while those are being deployed. Does nothing if the stack is deployed. If it fails, the deploy creates everything.',
    )
    .option('--plan', 'do nothing: the saved plan would be out of date')
    .addHelpText('after', '\nExample:\n  npx nx run observability:prepare -c dev')
    .action(async (name: string | undefined, options: PrepareOptions & ConfigurationOption) => {
      await prepareStack(await chosenStack('prepare', name, options, effects), options, effects);
    });
}
