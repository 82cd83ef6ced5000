import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Effects } from '../effects';
import { ExitCode } from '../exit-code';
import { changesOutcome } from '../plan/changes-outcome';
import { noChanges } from '../plan/plan-changes';
import { runStack } from '../run/run-stack';
import { chosenStack, type StackVerbOptions } from '../stack/stack-arguments';
import { driftChanges, type Drift } from './drift-changes';

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
    act: async (terraform, { note }) => {
      const counts = await terraform.plan({ out: DRIFT_FILE, lock: false });
      // Where a deploy would change nothing, nothing has drifted.
      const { changes, pending } = counts.hasChanges
        ? driftChanges(await terraform.show(DRIFT_FILE), stack.constructPath)
        : { changes: noChanges, pending: 0 };
      await rm(join(stack.absoluteDirectory, DRIFT_FILE), { force: true });
      const drifted = changes.resources.length > 0;
      const outcome = await changesOutcome({
        stack,
        counts: { ...counts, hasChanges: drifted },
        changes,
        headline: headline({ changes, pending }),
        summaryFile: options.summary,
        cwd: effects.cwd,
        warn: note,
      });
      return {
        ...outcome,
        // A comparison does nothing.
        counts: { add: 0, change: 0, remove: 0, replace: 0 },
        exitCode: drifted ? ExitCode.changesPresent : ExitCode.done,
        result: { ...outcome.result, pending },
      };
    },
  });
}

function headline({ changes: { resources }, pending }: Drift): string {
  const drift =
    resources.length === 0
      ? 'no drift'
      : `${String(resources.length)} ${resources.length === 1 ? 'resource differs' : 'resources differ'} from what was deployed`;
  if (pending === 0) return drift;
  return `${drift}; ${String(pending)} ${pending === 1 ? 'change' : 'changes'} of the configuration not deployed yet`;
}
