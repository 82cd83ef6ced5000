import { connectEnvironment } from '@nightshift/aws-access';
import { redeployOutput } from '@nightshift/stack-run';
import type { Command } from 'commander';
import type { Effects } from '../effects';
import { addAskOption, addProviderHostOption, addStackArguments, addWindowOption, addYesOption } from '../verb-options';
import { deploy, type DeployVerbOptions, REFRESH, REPLACEMENTS } from './deploy';

export const output = { redeploy: redeployOutput };

/** @param connect connects to AWS. */
export function register(command: Command, effects: Effects, connect = connectEnvironment): void {
  addAskOption(addYesOption(addProviderHostOption(addWindowOption(addStackArguments(command))), REPLACEMENTS))
    .description(
      'Deploy one stack without deploying the stacks that it depends on. Fails if one of them has not yet published a value that this stack needs.',
    )
    .option('--refresh', REFRESH)
    .addHelpText('after', '\nExample:\n  npx nx run compute:redeploy -c dev')
    .action(async (name: string | undefined, options: DeployVerbOptions) => {
      await deploy('redeploy', name, options, effects, connect);
    });
}
