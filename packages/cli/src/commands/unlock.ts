import { unlockOutput, unlockStack } from '@nightshift/stack-run';
import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addStackArguments, chosenStack, type StackVerbOptions } from '../verb-options';

export const output = { unlock: unlockOutput };

export function register(command: Command, effects: Effects): void {
  addStackArguments(command)
    .argument('[lock]', 'ID of the lock, from the error message of the blocked run')
    .usage('<stack> <lock> -c <environment> [options]')
    .description('Remove the state lock of a crashed run. First make sure that nobody is deploying the stack.')
    .addHelpText('after', '\nExample:\n  npx nightshift unlock network 8c2ad1b4-6c3e-4a9f-b3f0-0d3a2d9b7c11 -c dev')
    .action(async (name: string | undefined, lock: string | undefined, options: StackVerbOptions) => {
      await unlockStack(await chosenStack('unlock', name, options, effects), lock, options, effects);
    });
}
