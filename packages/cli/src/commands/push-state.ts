import { pushStateOfStack, pushStateOutput } from '@nightshift/stack-run';
import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addStackArguments, chosenStack, type StackVerbOptions } from '../verb-options';

export const output = { 'push-state': pushStateOutput };

export function register(command: Command, effects: Effects): void {
  addStackArguments(command)
    .description(
      'Upload the state that a run could not save. Terraform keeps it in errored.tfstate beside the configuration.',
    )
    .addHelpText('after', '\nExample:\n  npx nightshift push-state network -c dev')
    .action(async (name: string | undefined, options: StackVerbOptions) => {
      await pushStateOfStack(await chosenStack('push-state', name, options, effects), options, effects);
    });
}
