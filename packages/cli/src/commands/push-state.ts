import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addStackArguments, chosenStack, type StackVerbOptions } from '../stack-run/chosen-stack';
import { runStack } from '../stack-run/run-stack';

export function register(command: Command, effects: Effects): void {
  addStackArguments(command)
    .description(
      'Upload the state that a run could not save. Terraform keeps it in errored.tfstate beside the configuration.',
    )
    .addHelpText('after', '\nExample:\n  npx nightshift push-state network -c dev')
    .action(async (name: string | undefined, options: StackVerbOptions) => {
      const stack = await chosenStack('push-state', name, options, effects);
      await runStack({
        verb: 'push-state',
        stack,
        json: options.json ?? false,
        effects,
        needs: 'state',
        act: async (terraform) => {
          const saved = await terraform.pushState();
          return { result: { saved }, lines: () => [saved ? 'state saved' : 'no state to save'] };
        },
      });
    });
}
