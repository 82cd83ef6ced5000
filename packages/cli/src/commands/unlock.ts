import { UserError } from '@nightshift/errors';
import type { Command } from 'commander';
import type { Directories, Effects, Synthesis } from '../effects';
import { addStackArguments, chosenStack, type StackVerbOptions } from '../stack-run/chosen-stack';
import { runStack, type RunEffects } from '../stack-run/run-stack';

export function register(command: Command, effects: Effects): void {
  addStackArguments(command)
    .argument('[lock]', 'ID of the lock, from the error message of the blocked run')
    .usage('<stack> <lock> -c <environment> [options]')
    .description('Remove the state lock of a crashed run. First make sure that nobody is deploying the stack.')
    .addHelpText('after', '\nExample:\n  npx nightshift unlock network 8c2ad1b4-6c3e-4a9f-b3f0-0d3a2d9b7c11 -c dev')
    .action(async (stack: string | undefined, lock: string | undefined, options: StackVerbOptions) => {
      await unlockStack(stack, lock, options, effects);
    });
}

/** `unlock` */
async function unlockStack(
  name: string | undefined,
  lock: string | undefined,
  options: StackVerbOptions,
  effects: RunEffects & Directories & Synthesis,
): Promise<void> {
  const stack = await chosenStack('unlock', name, options, effects);
  if (lock === undefined) {
    throw new UserError({
      where: 'nightshift unlock',
      what: 'no lock specified',
      todo: 'pass the lock ID from the error message of the blocked run',
    });
  }
  await runStack({
    verb: 'unlock',
    stack,
    json: options.json ?? false,
    effects,
    needs: 'state',
    act: async (terraform) => {
      await terraform.forceUnlock(lock);
      return { lines: () => [`lock ${lock} removed`] };
    },
  });
}
