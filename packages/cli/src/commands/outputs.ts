import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addStackArguments, chosenStack, type StackVerbOptions } from '../verb-options';
import { outputsOfStack, outputsOutput } from '@nightshift/stack-run';

export const output = { outputs: outputsOutput };

export function register(command: Command, effects: Effects): void {
  addStackArguments(command)
    .description('Print the values that one stack publishes, from its Terraform state.')
    .addHelpText('after', '\nExample:\n  npx nx run network:outputs -c dev')
    .action(async (name: string | undefined, options: StackVerbOptions) => {
      await outputsOfStack(await chosenStack('outputs', name, options, effects), options, effects);
    });
}
