import { UserError } from '@nightshift/errors';
import { removeRevisions, revisionsLine } from '../agreement/remove-revisions';
import type { connectEnvironment } from '../aws/connect-environment';
import type { Effects } from '../effects';
import { countsLine } from '../run/counts-line';
import { runStack } from '../run/run-stack';
import type { ChosenStack } from '../stack/chosen-stack';
import { chosenStack, type StackVerbOptions } from '../stack/stack-arguments';
import { guardWindow } from '../windows/guard-window';
import type { WindowOption } from '../windows/window-option';
import { typesLine } from './types-line';

export interface DestroyOptions extends StackVerbOptions, WindowOption {
  readonly yes?: boolean;
}

/** `destroy` */
export async function destroyStack(
  name: string | undefined,
  { yes = false, json = false, ...options }: DestroyOptions,
  effects: Effects,
  connect: typeof connectEnvironment,
): Promise<void> {
  const stack = await chosenStack('destroy', name, options, effects);
  if (!yes && effects.interactive) await confirm(stack, effects);
  // After the question: a reason is kept for what is done, not for what was thought better of.
  const refuse = await guardWindow({ verb: 'destroy', stack, effects, connect, ...options });
  if (refuse) throw await refuse();
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

async function confirm({ name, environment: { suffix } }: ChosenStack, effects: Effects): Promise<void> {
  const answer = await effects.ask(
    `This destroys everything in the ${name} stack of ${suffix}. Type ${suffix} to go on: `,
  );
  if (answer.trim() === suffix) return;
  throw new UserError({
    where: 'nightshift destroy',
    what: 'not confirmed, nothing was destroyed',
    got: answer.trim(),
    todo: `type ${suffix}, or add --yes`,
  });
}
