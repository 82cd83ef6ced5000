import type { ChosenStack } from '../stack/chosen-stack';
import type { Effects } from '../effects';
import type { Progress } from './progress';

/** One JSON object a line, for programs. The events are those of `@nightshift/terraform`, each with stack, time and construct path. */
export function jsonProgress(
  { name, constructPath }: ChosenStack,
  { stdout, now }: Pick<Effects, 'stdout' | 'now'>,
): Progress {
  const write = (line: { readonly type: string; readonly address?: string }) => {
    const path = line.address === undefined ? undefined : constructPath(line.address);
    stdout.write(`${JSON.stringify({ ...line, stack: name, constructPath: path, time: now().toISOString() })}\n`);
  };
  return {
    event: write,
    note: (text) => {
      const note = { type: 'note', text } as const;
      write(note);
    },
    end: () => undefined,
  };
}
