import { type Command, Option } from 'commander';
import type { Directories, Effects, Keyboard, Synthesis, TerraformHandoff } from '../../effects';
import { connectEnvironment, type LocalClouds, type ProcessVariables } from '@nightshift/aws-access';
import { chosenEnvironment } from '../../chosen-environment';
import { addStackArguments, type ChosenStack, chosenStack, type StackVerbOptions } from '../../stack-run/chosen-stack';
import { sweepLogGroup } from '../../stack-run/insights-group';
import { deregisterRevisions, revisionsLine } from '../../stack-run/release-handoff';
import { countsLine } from '../../stack-run/run-file';
import { addProviderHostOption, type ProviderHostOption, runStack, type RunEffects } from '../../stack-run/run-stack';
import { addWindowOption, guardWindow, type WindowOption } from '../../stack-run/window-guard';
import { addYesOption, type YesOption } from '../../confirm-loss';
import { confirmDestroy, confirmRun, isConfirmedRun, requireTerminal } from './confirm-destroy';
import { refuseDependents, storedStacks } from './stored-stacks';
import type { Terminal, Time } from '@nightshift/console';

/** @param connect connects to AWS. */
export function register(command: Command, effects: Effects, connect = connectEnvironment): void {
  addYesOption(addProviderHostOption(addWindowOption(addStackArguments(command))), '; required without a terminal')
    .description(
      'Destroy all resources of one stack. Fails if stacks that depend on it are deployed; with Nx, those are destroyed first. Shows the data that will be lost and asks for confirmation.',
    )
    .option('--ignore-dependents', 'destroy the stack even if stacks that depend on it are deployed')
    .addOption(new Option('--ask-for [stacks]', 'only ask for confirmation, once for a whole Nx run').hideHelp())
    .addHelpText(
      'after',
      `
Examples:
  npx nx run-many -t destroy -c dev         all stacks, in reverse order; asks for confirmation once
  npx nx run-many -t destroy -c dev --yes   without a terminal`,
    )
    .action(async (stack: string | undefined, options: DestroyOptions) => {
      await destroyStack(stack, options, effects, connect);
    });
}

interface DestroyOptions extends StackVerbOptions, WindowOption, ProviderHostOption, YesOption {
  readonly ignoreDependents?: boolean;
  /** Only ask: for these stacks, separated by commas, and what depends on them; `true` for all. */
  readonly askFor?: string | true;
}

/** `destroy` */
async function destroyStack(
  name: string | undefined,
  { yes = false, ignoreDependents = false, askFor, json = false, ...options }: DestroyOptions,
  effects: RunEffects & Keyboard & Directories & Synthesis & TerraformHandoff,
  connect: typeof connectEnvironment,
): Promise<void> {
  if (askFor !== undefined) {
    const environment = chosenEnvironment('destroy', options, effects);
    await confirmRun(environment, askFor === true ? undefined : askFor.split(','), effects, connect);
    return;
  }
  const stack = await chosenStack('destroy', name, options, effects);
  await requireConsent(stack, { yes, ignoreDependents, ...options }, effects, connect);
  const removed: string[] = [];
  await runStack({
    verb: 'destroy',
    providerHost: options.providerHost,
    stack,
    json,
    effects,
    onEvent: (event) => {
      if (event.type === 'resource' && event.status === 'done' && event.action === 'delete')
        removed.push(event.address);
    },
    act: async (terraform, context) => {
      const summary = await terraform.destroy();
      const deregistered = await deregisterRevisions(stack, effects);
      const swept = await sweepLogGroup(stack, effects, context, summary.hasChanges);
      return {
        counts: summary,
        outputs: {},
        result: { removed, deregistered },
        lines: (elapsed) => [
          ...(summary.hasChanges
            ? [`${countsLine(summary, 'done')} in ${elapsed}`, ...typesLine(removed)]
            : [`nothing to destroy (${elapsed})`]),
          ...revisionsLine(deregistered),
          ...swept,
        ],
      };
    },
  });
}

/** @throws {UserError} when dependents are deployed, a processing window is near, or nobody confirms. */
async function requireConsent(
  stack: ChosenStack,
  { yes, ignoreDependents, duringWindow }: DestroyOptions,
  effects: Terminal & Keyboard & Time & ProcessVariables & LocalClouds,
  connect: typeof connectEnvironment,
): Promise<void> {
  const { name, environment, dependents } = stack;
  const asks = !yes && !isConfirmedRun(effects.env);
  if (asks) requireTerminal(`nightshift destroy ${name}`, effects);
  const window = { verb: 'destroy', stack, effects, connect };
  const refuse = duringWindow === undefined ? await guardWindow(window) : undefined;
  if (refuse) throw await refuse();
  if (asks || (dependents.length > 0 && !ignoreDependents)) {
    const stored = await storedStacks(environment, effects, connect);
    if (!ignoreDependents) refuseDependents(stack, stored);
    if (asks) await confirmDestroy({ environment, stacks: [name], dependents, stored }, effects);
  }
  // After the confirmation, so that no reason is recorded for a run that was not confirmed.
  if (duringWindow !== undefined) await guardWindow({ ...window, duringWindow });
}

/** `  5 aws_subnet, 1 aws_vpc`: what was removed, most of a type first. */
export function typesLine(addresses: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const address of addresses) {
    const type = address.slice(0, address.indexOf('.'));
    counts.set(type, (counts.get(type) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const sorted = [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  return [`  ${sorted.map(([type, count]) => `${String(count)} ${type}`).join(', ')}`];
}
