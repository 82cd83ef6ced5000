import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effects } from '../effects';
import { ExitCode } from '../exit-code';
import { changesOutcome } from '../plan/changes-outcome';
import { noChanges, planChanges } from '../plan/plan-changes';
import { runStack } from '../run/run-stack';
import { chosenStack, type StackVerbOptions } from '../stack/stack-arguments';

export interface DriftOptions extends StackVerbOptions {
  readonly summary?: string;
}

/** What the comparison is kept in for as long as it takes to read it. */
const DRIFT_FILE = 'drift.tfplan';

/** `drift` */
export async function driftOfStack(name: string | undefined, options: DriftOptions, effects: Effects): Promise<void> {
  const stack = await chosenStack('drift', name, options, effects);
  await runStack({
    verb: 'drift',
    stack,
    json: options.json ?? false,
    effects,
    act: async (terraform) => {
      const counts = await terraform.plan({ out: DRIFT_FILE, refreshOnly: true, lock: false });
      const changes = counts.hasChanges
        ? planChanges(await terraform.show(DRIFT_FILE), stack.constructPath, { drift: true })
        : noChanges;
      await rm(join(stack.absoluteDirectory, DRIFT_FILE), { force: true });
      const headline = counts.hasChanges ? driftHeadline(changes.resources.length) : 'no drift';
      const { cwd } = effects;
      const outcome = await changesOutcome({ stack, counts, changes, headline, summaryFile: options.summary, cwd });
      return { ...outcome, exitCode: counts.hasChanges ? ExitCode.changesPresent : ExitCode.done };
    },
  });
}

function driftHeadline(count: number): string {
  return `${String(count)} ${count === 1 ? 'resource differs' : 'resources differ'} from what was deployed`;
}
