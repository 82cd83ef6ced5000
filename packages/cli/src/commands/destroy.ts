import { connectEnvironment } from '@nightshift/aws-access';
import type { Command } from 'commander';
import {
  addAskOption,
  addProviderHostOption,
  addStackArguments,
  addWindowOption,
  addYesOption,
  askedStacks,
  type AskOption,
  chosenEnvironment,
  chosenStack,
  type ConfigurationOption,
} from '../verb-options';
import type { Effects } from '../effects';
import { confirmDestroyRun, type DestroyOptions, destroyOutput, destroyStack } from '@nightshift/stack-run';

export const output = { destroy: destroyOutput };

/** @param connect connects to AWS. */
export function register(command: Command, effects: Effects, connect = connectEnvironment): void {
  addAskOption(
    addYesOption(
      addProviderHostOption(addWindowOption(addStackArguments(command))),
      '; required without a terminal or with --json',
    ),
  )
    .description(
      'Destroy all resources of one stack. Fails if stacks that depend on it are deployed; with Nx, those are destroyed first. Shows the data that will be lost and asks for confirmation.',
    )
    .option('--ignore-dependents', 'destroy the stack even if stacks that depend on it are deployed')
    .addHelpText(
      'after',
      `
Examples:
  npx nx run-many -t destroy -c dev         all stacks, in reverse order; asks for confirmation once
  npx nx run-many -t destroy -c dev --yes   without a terminal`,
    )
    .action(
      async (name: string | undefined, { askFor, ...options }: DestroyOptions & AskOption & ConfigurationOption) => {
        if (askFor === undefined) {
          await destroyStack(await chosenStack('destroy', name, options, effects), options, effects, connect);
        } else {
          const environment = chosenEnvironment('destroy', options, effects);
          await confirmDestroyRun(environment, askedStacks(askFor), effects, connect);
        }
      },
    );
}
