import type { Path } from '@nightshift/policy';
import type { Effects } from '../effects';
import { ExitCode } from '../exit-code';
import { requireOne, type JudgedOptions } from '../policy/judged-options';
import { loadJudged } from '../policy/load-judged';

export interface ReachOptions extends JudgedOptions {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}

/** `reach` */
export async function answerReach(options: ReachOptions, effects: Effects): Promise<void> {
  const { from, to, json = false } = options;
  requireOne('reach', options, '-c <environment>, --stacks <directory>, --plan <file>');
  const { describePath, reach } = await import('@nightshift/policy');
  for (const { name, model } of await loadJudged('reach', options, effects)) {
    const paths = reach(model, { from, to });
    if (json) {
      const answer = { judged: name, from, to, reaches: paths.length > 0, paths: paths.map(connections) };
      const result = { type: 'result', verb: 'reach', status: 'succeeded', ...answer, exitCode: ExitCode.done };
      effects.stdout.write(`${JSON.stringify(result)}\n`);
    } else {
      const ways = paths.map((path) => describePath(path).join('\n'));
      effects.stdout.write(`${ways.join('\n\n') || `no way from ${from} to ${to}`}\n`);
    }
  }
}

function connections(path: Path): object[] {
  return path.map(({ from, to, ports, steps }) => ({
    from,
    to,
    ports,
    steps: steps.map(({ by: { stack, path: by, address }, does }) => ({ stack, path: by, address, does })),
  }));
}
