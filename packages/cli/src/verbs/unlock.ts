import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addStackArguments, type StackVerbOptions } from '../stack/stack-arguments';
import { unlockStack } from '../unlock/unlock-stack';

export function register(command: Command, effects: Effects): void {
  addStackArguments(command)
    .argument('[lock]', 'the lock, by the id that the refused run has shown')
    .description('Removes the state lock of a run that crashed. Make sure first that nobody is deploying the stack.')
    .addHelpText('after', '\nExample:\n  npx nightshift unlock network 8c2ad1b4-6c3e-4a9f-b3f0-0d3a2d9b7c11 -c dev')
    .action(async (stack: string | undefined, lock: string | undefined, options: StackVerbOptions) => {
      await unlockStack(stack, lock, options, effects);
    });
}
