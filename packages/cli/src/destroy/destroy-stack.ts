import { removeRevisions, revisionsLine } from '../agreement/remove-revisions';
import type { connectEnvironment } from '../aws/connect-environment';
import type { Effects } from '../effects';
import { chosenEnvironment } from '../environment/chosen-environment';
import { countsLine } from '../run/counts-line';
import { runStack } from '../run/run-stack';
import type { ChosenStack } from '../stack/chosen-stack';
import { chosenStack, type StackVerbOptions } from '../stack/stack-arguments';
import { guardWindow } from '../windows/guard-window';
import type { WindowOption } from '../windows/window-option';
import { confirmDestroy, confirmRun, isConfirmedRun, requireTerminal } from './confirm-destroy';
import { refuseDependents, storedStacks } from './stored-stacks';
import { typesLine } from './types-line';

export interface DestroyOptions extends StackVerbOptions, WindowOption {
  readonly yes?: boolean;
  readonly ignoreDependents?: boolean;
  /** Only ask: for these stacks, separated by commas, and what depends on them; `true` for all. */
  readonly askFor?: string | true;
}

/** `destroy` */
export async function destroyStack(
  name: string | undefined,
  { yes = false, ignoreDependents = false, askFor, json = false, ...options }: DestroyOptions,
  effects: Effects,
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
    stack,
    json,
    effects,
    onEvent: (event) => {
      if (event.type === 'resource' && event.status === 'done' && event.action === 'delete')
        removed.push(event.address);
    },
    act: async (terraform) => {
      const summary = await terraform.destroy();
      const deregistered = await removeRevisions(stack, effects);
      return {
        counts: summary,
        outputs: {},
        result: { removed, deregistered },
        lines: (elapsed) => [
          ...(summary.hasChanges
            ? [`${countsLine(summary, 'done')} in ${elapsed}`, ...typesLine(removed)]
            : [`nothing to destroy (${elapsed})`]),
          ...revisionsLine(deregistered),
        ],
      };
    },
  });
}

/** @throws {UserError} when dependents are deployed, a processing window is near, or nobody confirms. */
async function requireConsent(
  stack: ChosenStack,
  { yes, ignoreDependents, duringWindow }: DestroyOptions,
  effects: Effects,
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
  // After the question: a reason is kept for what is done, not for what was thought better of.
  if (duringWindow !== undefined) await guardWindow({ ...window, duringWindow });
}
