import type { Command } from 'commander';
import { connectEnvironment } from '../aws/connect-environment';
import { destroyStack, type DestroyOptions } from '../destroy/destroy-stack';
import type { Effects } from '../effects';
import { addStackArguments } from '../stack/stack-arguments';
import { addWindowOption } from '../windows/window-option';

/** @param connect how AWS is reached. */
export function register(command: Command, effects: Effects, connect = connectEnvironment): void {
  addWindowOption(addStackArguments(command))
    .description(
      'Removes everything in one stack. Through Nx, the stacks that depend on it are removed first. Typed by hand at a terminal it asks for the name of the environment.',
    )
    .option('-y, --yes', 'do not ask')
    .addHelpText('after', '\nExample:\n  npx nx run-many -t destroy -c dev   all stacks, in reverse order')
    .action(async (stack: string | undefined, options: DestroyOptions) => {
      await destroyStack(stack, options, effects, connect);
    });
}
