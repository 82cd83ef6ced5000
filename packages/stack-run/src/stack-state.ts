import { stripVTControlCharacters } from 'node:util';
import { type Colours, cut } from '@nightshift/console';
import { UserError } from '@nightshift/errors';
import { z } from 'zod';
import type { ChosenStack } from './chosen-stack';
import { type JsonOption, type RunEffects, runStack } from './run-stack';
import { noFields, stackOutput } from './stack-line';

export const outputsOutput = stackOutput('outputs');

/** `outputs` */
export async function outputsOfStack(
  stack: ChosenStack,
  { json = false }: JsonOption,
  effects: RunEffects,
): Promise<void> {
  await runStack({
    verb: 'outputs',
    fields: noFields,
    stack,
    json,
    effects,
    needs: 'state',
    act: async (terraform) => {
      const outputs = await terraform.outputs();
      const count = Object.keys(outputs).length;
      return {
        outputs,
        lines: (_, colours) => [
          count === 0 ? 'no outputs: the stack is not deployed' : `${String(count)} outputs`,
          ...outputLines(outputs, colours, Infinity),
        ],
      };
    },
  });
}

const pushFields = z.object({ saved: z.boolean().describe('False if there was no state to save.') });

export const pushStateOutput = stackOutput('push-state', pushFields);

/** `push-state`: uploads the state that a run could not save. */
export async function pushStateOfStack(
  stack: ChosenStack,
  { json = false }: JsonOption,
  effects: RunEffects,
): Promise<void> {
  await runStack({
    verb: 'push-state',
    fields: pushFields,
    stack,
    json,
    effects,
    needs: 'state',
    act: async (terraform) => {
      const saved = await terraform.pushState();
      return { result: { saved }, lines: () => [saved ? 'state saved' : 'no state to save'] };
    },
  });
}

export const unlockOutput = stackOutput('unlock');

/** `unlock`: removes the lock of a crashed run. @param lock its id. */
export async function unlockStack(
  stack: ChosenStack,
  lock: string | undefined,
  { json = false }: JsonOption,
  effects: RunEffects,
): Promise<void> {
  if (lock === undefined) {
    throw new UserError({
      where: 'nightshift unlock',
      what: 'no lock specified',
      todo: 'pass the lock ID from the error message of the blocked run',
    });
  }
  await runStack({
    verb: 'unlock',
    fields: noFields,
    stack,
    json,
    effects,
    needs: 'state',
    act: async (terraform) => {
      await terraform.forceUnlock(lock);
      return { lines: () => [`lock ${lock} removed`] };
    },
  });
}

/** The published values of a stack, one a line in two columns; long ones are cut to `width` characters. */
export function outputLines(
  outputs: Readonly<Record<string, unknown>>,
  { dim }: Pick<Colours, 'dim'>,
  width = 120,
): readonly string[] {
  const column = Math.max(0, ...Object.keys(outputs).map(({ length }) => length));
  return Object.entries(outputs).map(([name, value]) => `  ${dim(name.padEnd(column))}  ${cut(textOf(value), width)}`);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  return typeof value === 'string' ? stripVTControlCharacters(value) : JSON.stringify(value);
}
