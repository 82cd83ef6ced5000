import { askAgreement } from '../agreement/ask-agreement';
import { closedPortNote } from '../agreement/closed-port';
import { dueMeanwhile } from '../agreement/due-meanwhile';
import type { Effects } from '../effects';
import { ExitCode } from '../exit-code';
import { enforcePolicy } from '../policy/enforce-policy';
import { countsLine } from '../run/counts-line';
import { runStack } from '../run/run-stack';
import { speculativeNote } from '../speculative/speculative-note';
import { chosenStack, type StackVerbOptions } from '../stack/stack-arguments';
import { windowNote } from '../windows/window-note';
import { changesOutcome } from './changes-outcome';
import { makePlan } from './make-plan';

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
  // What is to be removed may be as wrong as it likes.
  if (!destroy) await enforcePolicy(stack, effects);
  await runStack({
    verb: 'plan',
    stack,
    json,
    effects,
    act: async (terraform, { terraformIn, note }) => {
      const due = destroy ? undefined : dueMeanwhile(stack, effects);
      const { counts, changes, file, missing } = await makePlan({ stack, terraform, terraformIn, destroy, lock });
      const speculative = file === undefined;
      const closes = destroy ? undefined : await closedPortNote(stack, effects);
      const outcome = await changesOutcome({
        stack,
        counts,
        changes,
        headline: `${counts.hasChanges ? countsLine(counts, 'planned') : 'no changes'}${speculative ? ', speculative' : ''}`,
        note: speculative ? speculativeNote(missing) : closes,
        agreement: destroy ? undefined : await askAgreement(stack, effects, changes.resources, due),
        summaryFile: options.summary,
        cwd: effects.cwd,
        warn: note,
      });
      const plan = speculative
        ? { missing: missing.map(({ stack, values }) => ({ stack, values })) }
        : { planFile: file };
      const window = await windowNote(stack.environment, changes.resources, effects.now());
      const last = speculative ? '  not saved, as it is speculative' : `  saved: ${file}`;
      return {
        ...outcome,
        exitCode: detailedExitcode && counts.hasChanges ? ExitCode.changesPresent : ExitCode.done,
        result: {
          ...outcome.result,
          speculative,
          ...plan,
          ...(closes !== undefined && { refused: closes }),
          ...(window && { window: window.json }),
        },
        lines: (elapsed, colours) => [
          ...outcome.lines(elapsed, colours),
          ...(window ? [`  ${window.text}`] : []),
          last,
        ],
      };
    },
  });
}
