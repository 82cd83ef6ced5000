import { Option, type Command } from 'commander';
import { connectEnvironment } from '../aws/connect-environment';
import { destroyStack, type DestroyOptions } from '../destroy/destroy-stack';
import type { Effects } from '../effects';
import { addStackArguments } from '../stack/stack-arguments';
import { addWindowOption } from '../windows/window-option';

/** @param connect how AWS is reached. */
export function register(command: Command, effects: Effects, connect = connectEnvironment): void {
  addWindowOption(addStackArguments(command))
    .description(
      'Destroys all resources of one stack. Refuses while stacks that depend on it are deployed; through Nx, those are destroyed first. Shows what is lost and asks for the name of the environment.',
    )
    .option('-y, --yes', 'do not ask; required where there is no terminal')
    .option('--ignore-dependents', 'destroy the stack even though stacks that depend on it are deployed')
    .addOption(new Option('--ask-for [stacks]', 'only ask: the Nx plugin asks once for a whole run').hideHelp())
    .addHelpText(
      'after',
      `
Examples:
  npx nx run-many -t destroy -c dev         all stacks, in reverse order; asks once
  npx nx run-many -t destroy -c dev --yes   without a terminal`,
    )
    .action(async (stack: string | undefined, options: DestroyOptions) => {
      await destroyStack(stack, options, effects, connect);
    });
}
