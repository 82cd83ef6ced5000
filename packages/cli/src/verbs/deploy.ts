import type { Command } from 'commander';
import { applyStack, type ApplyOptions } from '../apply/apply-stack';
import { connectEnvironment } from '../aws/connect-environment';
import type { Effects } from '../effects';
import { addStackArguments } from '../stack/stack-arguments';
import { addWindowOption } from '../windows/window-option';

/** @param connect how AWS is reached. */
export function register(command: Command, effects: Effects, connect = connectEnvironment): void {
  addWindowOption(addStackArguments(command))
    .description(
      'Makes one stack what its configuration says. Through Nx, the stacks that it needs are deployed first.',
    )
    .option('--plan', 'apply the saved plan, and nothing else')
    .addHelpText(
      'after',
      `
Examples:
  npx nx run-many -t deploy -c dev       all stacks, in order
  npx nx run compute:deploy -c dev       compute and what it needs
  npx nightshift deploy network -c dev   this stack alone`,
    )
    .action(async (stack: string | undefined, options: ApplyOptions) => {
      await applyStack('deploy', stack, options, effects, connect);
    });
}
