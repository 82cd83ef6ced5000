import type { Command } from 'commander';
import { driftOfStack, type DriftOptions } from '../drift/drift-of-stack';
import type { Effects } from '../effects';
import { addStackArguments } from '../stack/stack-arguments';

export function register(command: Command, effects: Effects): void {
  addStackArguments(command)
    .description(
      'Compares one stack with what is really there and shows what others have changed and a deploy would change back. Exits with 2 when there is something. Changes nothing and takes no lock.',
    )
    .option('--summary <file>', 'append the differences as Markdown to a file, such as $GITHUB_STEP_SUMMARY')
    .addHelpText('after', '\nExample:\n  npx nx run network:drift -c dev')
    .action(async (stack: string | undefined, options: DriftOptions) => {
      await driftOfStack(stack, options, effects);
    });
}
