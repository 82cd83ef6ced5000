import { stripVTControlCharacters } from 'node:util';
import type { Command } from 'commander';
import { cut, type Colours } from '@nightshift/console';
import type { Directories, Effects, Synthesis } from '../effects';
import { addStackArguments, chosenStack, type StackVerbOptions } from '../stack-run/chosen-stack';
import { runStack, type RunEffects } from '../stack-run/run-stack';

export function register(command: Command, effects: Effects): void {
  addStackArguments(command)
    .description('Print the values that one stack publishes, from its Terraform state.')
    .addHelpText('after', '\nExample:\n  npx nx run network:outputs -c dev')
    .action(async (stack: string | undefined, options: StackVerbOptions) => {
      await outputsOfStack(stack, options, effects);
    });
}

/** `outputs` */
async function outputsOfStack(
  name: string | undefined,
  options: StackVerbOptions,
  effects: RunEffects & Directories & Synthesis,
): Promise<void> {
  const stack = await chosenStack('outputs', name, options, effects);
  await runStack({
    verb: 'outputs',
    stack,
    json: options.json ?? false,
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
