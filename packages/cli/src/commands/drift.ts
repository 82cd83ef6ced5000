import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addProviderHostOption, addStackArguments, chosenStack, type ConfigurationOption } from '../verb-options';
import { type DriftOptions, driftOfStack, driftOutput } from '@nightshift/stack-run';

export const output = { drift: driftOutput };

export function register(command: Command, effects: Effects): void {
  addProviderHostOption(addStackArguments(command))
    .description(
      'Compare one stack with AWS and show the changes made outside of Terraform, which a deploy would revert. Exits with 2 if there are any. Does not change anything and does not lock the state.',
    )
    .option('--summary <file>', 'append the differences to a file as Markdown, such as $GITHUB_STEP_SUMMARY')
    .addHelpText('after', '\nExample:\n  npx nx run network:drift -c dev')
    .action(async (name: string | undefined, options: DriftOptions & ConfigurationOption) => {
      await driftOfStack(await chosenStack('drift', name, options, effects), options, effects);
    });
}
