import { join } from 'node:path';
import type { Effects } from '../effects';
import { ExitCode } from '../exit-code';
import { countsLine } from '../run/counts-line';
import { runStack } from '../run/run-stack';
import { chosenStack, type StackVerbOptions } from '../stack/stack-arguments';
import { changesOutcome } from './changes-outcome';
import { noChanges, planChanges } from './plan-changes';
import { DESTROY_PLAN_FILE, PLAN_FILE } from './plan-file';

export interface PlanOptions extends StackVerbOptions {
  readonly detailedExitcode?: boolean;
  readonly destroy?: boolean;
  readonly lock: boolean;
  readonly summary?: string;
}

/** `plan` */
export async function planStack(name: string | undefined, options: PlanOptions, effects: Effects): Promise<void> {
  const { destroy = false, detailedExitcode = false, lock, json = false } = options;
  const stack = await chosenStack('plan', name, options, effects);
  const file = destroy ? DESTROY_PLAN_FILE : PLAN_FILE;
  const saved = join(stack.directory, file);
  await runStack({
    verb: 'plan',
    stack,
    json,
    effects,
    act: async (terraform) => {
      const counts = await terraform.plan({ out: file, destroy, lock });
      // Reading a plan costs seconds; one without changes has nothing to tell.
      const changes = counts.hasChanges ? planChanges(await terraform.show(file), stack.constructPath) : noChanges;
      const headline = counts.hasChanges ? countsLine(counts, 'planned') : 'no changes';
      const { cwd } = effects;
      const outcome = await changesOutcome({ stack, counts, changes, headline, summaryFile: options.summary, cwd });
      return {
        ...outcome,
        exitCode: detailedExitcode && counts.hasChanges ? ExitCode.changesPresent : ExitCode.done,
        result: { ...outcome.result, planFile: saved },
        lines: (elapsed, colours) => [...outcome.lines(elapsed, colours), `  saved: ${saved}`],
      };
    },
  });
}
