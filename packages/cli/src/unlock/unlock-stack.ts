import { UserError } from '@nightshift/errors';
import type { Effects } from '../effects';
import { runStack } from '../run/run-stack';
import { chosenStack, type StackVerbOptions } from '../stack/stack-arguments';

/** `unlock` */
export async function unlockStack(
  name: string | undefined,
  lock: string | undefined,
  options: StackVerbOptions,
  effects: Effects,
): Promise<void> {
  const stack = await chosenStack('unlock', name, options, effects);
  if (lock === undefined) {
    throw new UserError({
      where: 'nightshift unlock',
      what: 'no lock is named',
      todo: 'give the id that the refused run has shown',
    });
  }
  await runStack({
    verb: 'unlock',
    stack,
    json: options.json ?? false,
    effects,
    needs: 'state',
    act: async (terraform) => {
      await terraform.forceUnlock(lock);
      return { lines: () => [`lock ${lock} removed`] };
    },
  });
}
