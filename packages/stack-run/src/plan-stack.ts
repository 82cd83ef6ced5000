import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ExitCode } from '@nightshift/errors';
import { z } from 'zod';
import type { Summary } from '@nightshift/terraform';
import { type ChosenStack, DESTROY_PLAN_FILE, PLAN_FILE } from './chosen-stack';
import { blockerNote } from './deploy-blockers';
import type { Directories, Synthesis, TerraformHandoff, TerraformRuns } from './effects';
import { enforcePolicy, printFileWarnings } from './enforce-policy';
import { adoptLogGroup } from './insights-group';
import { describeHandoff, fetchPendingReleaseChanges } from './pending-release';
import type { MissingValues } from './placeholders';
import { noChanges, planChanges, type PlanChanges } from './plan-changes';
import { changesFields, changesOutcome } from './plan-text';
import { placeholderNote, planAfterFailure } from './plan-with-placeholders';
import { finishEndedRelease } from './release-handoff';
import { countsLine } from './run-file';
import { type JsonOption, type ProviderHostOption, type RunContext, type RunEffects, runStack } from './run-stack';
import { stackOutput } from './stack-line';
import { nextWindow, windowNote } from './window-guard';

export interface PlanOptions extends JsonOption, ProviderHostOption {
  readonly detailedExitcode?: boolean;
  readonly destroy?: boolean;
  readonly lock: boolean;
  readonly summary?: string;
}

const fields = changesFields.extend({
  speculative: z.boolean().describe('The stacks that it depends on are not deployed. The plan is not saved.'),
  planFile: z.string().optional().describe('Relative to the workspace. Absent for a speculative plan.'),
  missing: z
    .array(z.object({ stack: z.string(), values: z.array(z.string()) }))
    .optional()
    .describe('The values of other stacks that are not known yet. Only for a speculative plan.'),
  refused: z.string().optional().describe('Why a deploy would refuse the plan.'),
  window: nextWindow.optional().describe('The processing window that is open or opens next. Absent without windows.'),
});

export const planOutput = stackOutput('plan', fields);

/** `plan` */
export async function planStack(
  stack: ChosenStack,
  options: PlanOptions,
  effects: RunEffects & Directories & Synthesis & TerraformHandoff,
): Promise<void> {
  const { destroy = false, detailedExitcode = false, lock, json = false } = options;
  // A stack that violates a rule can still be destroyed.
  if (!destroy) {
    printFileWarnings(stack.environment, effects);
    await enforcePolicy(stack, effects);
  }
  await runStack({
    verb: 'plan',
    fields,
    providerHost: options.providerHost,
    stack,
    json,
    effects,
    act: async (terraform, { terraformIn, note }) => {
      const due = destroy ? undefined : fetchPendingReleaseChanges(stack, effects);
      if (!destroy) await finishEndedRelease(stack, effects, note);
      const make = () => makePlan({ stack, terraform, terraformIn, destroy, lock });
      const { counts, changes, file, missing } = destroy
        ? await make()
        : await adoptLogGroup(stack, effects, note, make);
      const speculative = file === undefined;
      const refused = destroy ? undefined : await blockerNote(stack, effects);
      const outcome = await changesOutcome({
        stack,
        counts,
        changes,
        headline: `${counts.hasChanges ? countsLine(counts, 'planned') : 'no changes'}${speculative ? ', speculative' : ''}`,
        note: speculative ? placeholderNote(missing) : refused,
        handoff: destroy ? undefined : await describeHandoff(stack, effects, changes.resources, due),
        summaryFile: options.summary,
        cwd: effects.cwd,
        warn: note,
      });
      const plan = speculative
        ? { missing: missing.map(({ stack, values }) => ({ stack, values })) }
        : { planFile: file };
      const window = await windowNote(stack.environment, changes.resources, effects.now());
      const last = speculative ? '  not saved: the plan is speculative' : `  saved: ${file}`;
      return {
        ...outcome,
        exitCode: detailedExitcode && counts.hasChanges ? ExitCode.changesPresent : ExitCode.done,
        result: {
          ...outcome.result,
          speculative,
          ...plan,
          ...(refused !== undefined && { refused }),
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

interface MadePlan {
  readonly counts: Summary;
  readonly changes: PlanChanges;
  /** Its path, relative to the workspace; undefined for a speculative plan. */
  readonly file: string | undefined;
  /** The values that placeholders replace in a speculative plan. */
  readonly missing: readonly MissingValues[];
}

interface MakePlanProps extends Pick<RunContext, 'terraformIn'> {
  readonly stack: ChosenStack;
  readonly terraform: TerraformRuns;
  readonly destroy: boolean;
  readonly lock: boolean;
}

/** Plans a stack and saves the plan. Where its upstream stacks are not deployed yet, the plan has placeholders and is not saved. */
async function makePlan({ stack, terraform, terraformIn, destroy, lock }: MakePlanProps): Promise<MadePlan> {
  const file = destroy ? DESTROY_PLAN_FILE : PLAN_FILE;
  try {
    const counts = await terraform.plan({ out: file, destroy, lock });
    // Reading a plan takes seconds, so a plan without changes is not read.
    const changes = counts.hasChanges ? planChanges(await terraform.show(file), stack.constructPath) : noChanges;
    return { counts, changes, file: join(stack.directory, file), missing: [] };
  } catch (error) {
    // Terraform saves even an incomplete plan, and a previous one is out of date.
    await rm(join(stack.absoluteDirectory, file), { force: true });
    // A stack to destroy is deployed, so its upstream stacks are deployed too.
    if (destroy) throw error;
    return { ...(await planAfterFailure(error, { stack, lock, terraformIn })), file: undefined };
  }
}
