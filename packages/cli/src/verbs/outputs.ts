import type { Command } from 'commander';
import type { Effects } from '../effects';
import { outputsOfStack } from '../outputs/outputs-of-stack';
import { addStackArguments, type StackVerbOptions } from '../stack/stack-arguments';

export function register(command: Command, effects: Effects): void {
  addStackArguments(command)
    .description('Prints the values that one stack publishes, as they are in its state.')
    .addHelpText('after', '\nExample:\n  npx nx run network:outputs -c dev')
    .action(async (stack: string | undefined, options: StackVerbOptions) => {
      await outputsOfStack(stack, options, effects);
    });
}
