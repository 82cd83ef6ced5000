import { outputLines } from './output-lines';
import type { Effects } from '../effects';
import { runStack } from '../run/run-stack';
import { chosenStack, type StackVerbOptions } from '../stack/stack-arguments';

/** `outputs` */
export async function outputsOfStack(
  name: string | undefined,
  options: StackVerbOptions,
  effects: Effects,
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
          count === 0 ? 'no outputs, it is not deployed' : `${String(count)} outputs`,
          ...outputLines(outputs, colours, Infinity),
        ],
      };
    },
  });
}
