import type { Command } from 'commander';
import type { Directories, Effects, Synthesis, TerraformHandoff } from '../effects';
import { ExitCode } from '../exit-code';
import { addStackArguments, chosenStack, type StackVerbOptions } from '../stack-run/chosen-stack';
import { closedPortNote } from '../stack-run/closed-port';
import { enforcePolicy, printFileWarnings } from '../stack-run/enforce-policy';
import { adoptLogGroup } from '../stack-run/insights-group';
import { makePlan } from '../stack-run/make-plan';
import { describeHandoff, fetchPendingReleaseChanges } from '../stack-run/pending-release';
import { changesOutcome } from '../stack-run/plan-text';
import { placeholderNote } from '../stack-run/plan-with-placeholders';
import { finishEndedRelease } from '../stack-run/release-handoff';
import { countsLine } from '../stack-run/run-file';
import { addProviderHostOption, type ProviderHostOption, runStack, type RunEffects } from '../stack-run/run-stack';
import { windowNote } from '../stack-run/window-guard';

export function register(command: Command, effects: Effects): void {
  addProviderHostOption(addStackArguments(command))
    .description(
      'Show the changes that a deploy of one stack would make, and save the plan for `nightshift deploy --plan`.',
    )
    .option('--detailed-exitcode', 'exit with 2 if there are changes')
    .option('--destroy', 'plan the destruction of the stack')
    .option('--no-lock', 'do not lock the state, for roles with read-only access')
    .option('--summary <file>', 'append the changes to a file as Markdown, such as $GITHUB_STEP_SUMMARY')
    .addHelpText(
      'after',
      `
Examples:
  npx nx run network:plan -c dev
  npx nightshift plan network -c dev --detailed-exitcode

If the stacks that it depends on are not deployed, the plan is speculative: their values are shown as known after
apply, and the plan is not saved.`,
    )
    .action(async (stack: string | undefined, options: PlanOptions) => {
      await planStack(stack, options, effects);
    });
}

interface PlanOptions extends StackVerbOptions, ProviderHostOption {
  readonly detailedExitcode?: boolean;
  readonly destroy?: boolean;
  readonly lock: boolean;
  readonly summary?: string;
}

/** `plan` */
async function planStack(
  name: string | undefined,
  options: PlanOptions,
  effects: RunEffects & Directories & Synthesis & TerraformHandoff,
): Promise<void> {
  const { destroy = false, detailedExitcode = false, lock, json = false } = options;
  const stack = await chosenStack('plan', name, options, effects);
  // A stack that violates a rule can still be destroyed.
  if (!destroy) {
    printFileWarnings(stack.environment, effects);
    await enforcePolicy(stack, effects);
  }
  await runStack({
    verb: 'plan',
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
      const closes = destroy ? undefined : await closedPortNote(stack, effects);
      const outcome = await changesOutcome({
        stack,
        counts,
        changes,
        headline: `${counts.hasChanges ? countsLine(counts, 'planned') : 'no changes'}${speculative ? ', speculative' : ''}`,
        note: speculative ? placeholderNote(missing) : closes,
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
