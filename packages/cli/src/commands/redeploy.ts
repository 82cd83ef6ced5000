import type { Command } from 'commander';
import type { Effects } from '../effects';
import { connectEnvironment } from '@nightshift/aws-access';
import { addYesOption } from '../confirm-loss';
import { addStackArguments } from '../stack-run/chosen-stack';
import { addProviderHostOption } from '../stack-run/run-stack';
import { addWindowOption } from '../stack-run/window-guard';
import { addAskOption } from './confirm-losses';
import { type ApplyOptions, applyStack, REFRESH, REPLACEMENTS } from './deploy';

/** @param connect connects to AWS. */
export function register(command: Command, effects: Effects, connect = connectEnvironment): void {
  addAskOption(addYesOption(addProviderHostOption(addWindowOption(addStackArguments(command))), REPLACEMENTS))
    .description(
      'Deploy one stack without deploying the stacks that it depends on. Fails if one of them has not yet published a value that this stack needs.',
    )
    .option('--refresh', REFRESH)
    .addHelpText('after', '\nExample:\n  npx nx run compute:redeploy -c dev')
    .action(async (stack: string | undefined, options: ApplyOptions) => {
      await applyStack('redeploy', stack, options, effects, connect);
    });
}
