import type { connectEnvironment, LocalClouds, ProcessVariables } from '@nightshift/aws-access';
import type { Keyboard, Terminal, Time } from '@nightshift/console';
import { z } from 'zod';
import type { ChosenStack } from './chosen-stack';
import { confirmDestroy, isConfirmedRun, refuseDependents, storedStacks } from './confirm-destroy';
import { requireAnswer, type YesOption } from './confirm-loss';
import type { TerraformHandoff } from './effects';
import { sweepLogGroup } from './insights-group';
import { deregisterRevisions, revisionsLine } from './release-handoff';
import { countsLine } from './run-file';
import { type JsonOption, type ProviderHostOption, type RunEffects, runStack } from './run-stack';
import { stackOutput } from './stack-line';
import { guardWindow, type WindowOption } from './window-guard';

export interface DestroyOptions extends JsonOption, WindowOption, ProviderHostOption, YesOption {
  readonly ignoreDependents?: boolean;
}

const fields = z.object({
  removed: z.array(z.string()).describe('Addresses of the resources that were destroyed.'),
  deregistered: z.array(z.string()).describe('ARNs of the task definitions that were deregistered.'),
});

export const destroyOutput = stackOutput('destroy', fields);

/** `destroy` */
export async function destroyStack(
  stack: ChosenStack,
  { yes = false, ignoreDependents = false, json = false, ...options }: DestroyOptions,
  effects: RunEffects & Keyboard & TerraformHandoff,
  connect: typeof connectEnvironment,
): Promise<void> {
  await requireConsent(stack, { yes, ignoreDependents, json, ...options }, effects, connect);
  const removed: string[] = [];
  await runStack({
    verb: 'destroy',
    fields,
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
  { yes, ignoreDependents, duringWindow, json }: DestroyOptions,
  effects: Terminal & Keyboard & Time & ProcessVariables & LocalClouds,
  connect: typeof connectEnvironment,
): Promise<void> {
  const { name, environment, dependents } = stack;
  const asks = !yes && !isConfirmedRun(effects.env);
  if (asks) requireAnswer(`nightshift destroy ${name}`, effects, json);
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

/** `  5 aws_subnet, 1 aws_vpc`: the destroyed resources by type, the most frequent type first. */
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
