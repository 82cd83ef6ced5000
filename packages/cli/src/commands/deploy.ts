import { connectEnvironment } from '@nightshift/aws-access';
import type { Command } from 'commander';
import type { Effects } from '../effects';
import {
  addAskOption,
  addProviderHostOption,
  addStackArguments,
  addWindowOption,
  addYesOption,
  askedStacks,
  type AskOption,
  chosenEnvironment,
  chosenStack,
  type ConfigurationOption,
} from '../verb-options';
import { confirmDeployRun, type DeployOptions, deployOutput, deployStack } from '@nightshift/stack-run';

export const output = { deploy: deployOutput };

/** @param connect connects to AWS. */
export function register(command: Command, effects: Effects, connect = connectEnvironment): void {
  addAskOption(addYesOption(addProviderHostOption(addWindowOption(addStackArguments(command))), REPLACEMENTS))
    .description('Deploy one stack. With Nx, the stacks that it depends on are deployed first.')
    .option('--plan', 'apply the saved plan')
    .option('--refresh', REFRESH)
    .addHelpText(
      'after',
      `
Examples:
  npx nx run-many -t deploy -c dev       all stacks, in dependency order
  npx nx run compute:deploy -c dev       compute and the stacks that it depends on
  npx nightshift deploy network -c dev   only network`,
    )
    .action(async (name: string | undefined, options: DeployVerbOptions) => {
      await deploy('deploy', name, options, effects, connect);
    });
}

export type DeployVerbOptions = DeployOptions & AskOption & ConfigurationOption;

/** `deploy` and `redeploy`. Nx decides which stacks run before them. */
export async function deploy(
  verb: 'deploy' | 'redeploy',
  name: string | undefined,
  { askFor, ...options }: DeployVerbOptions,
  effects: Effects,
  connect: typeof connectEnvironment,
): Promise<void> {
  if (askFor === undefined) {
    await deployStack(verb, await chosenStack(verb, name, options, effects, options.plan), options, effects, connect);
  } else {
    const environment = chosenEnvironment(verb, options, effects);
    await confirmDeployRun({ verb, environment, named: askedStacks(askFor), effects, connect });
  }
}

/** The end of the help of `--yes`. */
export const REPLACEMENTS = ' of a deploy that destroys or replaces resources';

/** The help of `--refresh`. */
export const REFRESH = 'compare with AWS even if nothing has changed since the last deploy';
