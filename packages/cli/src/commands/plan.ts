import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addProviderHostOption, addStackArguments, chosenStack, type ConfigurationOption } from '../verb-options';
import { type PlanOptions, planOutput, planStack } from '@nightshift/stack-run';

export const output = { plan: planOutput };

export function register(command: Command, effects: Effects): void {
  addProviderHostOption(addStackArguments(command))
    .description(
      'Show the changes that a deploy of one stack would make, and save the plan for `nightshift deploy --plan`.',
    )
    .option('--detailed-exitcode', 'exit with 2 if there are changes')
    .option('--destroy', 'plan the destruction of the stack')
    .option('--no-lock', 'do not lock the state, for roles with read-only access')
    .option('--summary <file>', 'append the changes to a file as Markdown, such as $GITHUB_STEP_SUMMARY')
    .addHelpText(
      'after',
      `
Examples:
  npx nx run network:plan -c dev
  npx nightshift plan network -c dev --detailed-exitcode

If the stacks that it depends on are not deployed, the plan is speculative: their values are shown as known after
apply, and the plan is not saved.`,
    )
    .action(async (name: string | undefined, options: PlanOptions & ConfigurationOption) => {
      await planStack(await chosenStack('plan', name, options, effects), options, effects);
    });
}
