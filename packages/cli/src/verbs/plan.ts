import type { Command } from 'commander';
import type { Effects } from '../effects';
import { planStack, type PlanOptions } from '../plan/plan-stack';
import { addStackArguments } from '../stack/stack-arguments';

export function register(command: Command, effects: Effects): void {
  addStackArguments(command)
    .description('Shows what a deploy of one stack would change, and saves the plan for `nightshift deploy --plan`.')
    .option('--detailed-exitcode', 'exit with 2 when there are changes')
    .option('--destroy', 'plan the removal of the stack')
    .option('--no-lock', 'do not take the state lock: for roles that may only read')
    .option('--summary <file>', 'append the changes as Markdown to a file, such as $GITHUB_STEP_SUMMARY')
    .addHelpText(
      'after',
      `
Where the stacks that it needs are not deployed yet, the plan is speculative: what comes from them counts as known
after apply, and nothing is saved.

Example:
  npx nx run network:plan -c dev`,
    )
    .action(async (stack: string | undefined, options: PlanOptions) => {
      await planStack(stack, options, effects);
    });
}
