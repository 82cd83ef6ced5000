import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { everydayCommands, UserError } from '@nightshift/errors';
import type { Summary } from '@nightshift/terraform';
import type { Command } from 'commander';
import { addYesOption, type YesOption } from '../confirm-loss';
import type { Directories, Effects, Keyboard, StateStorage, Synthesis, TerraformHandoff } from '../effects';
import { connectEnvironment } from '@nightshift/aws-access';
import {
  addStackArguments,
  type ChosenStack,
  chosenStack,
  PLAN_FILE,
  type StackVerbOptions,
} from '../stack-run/chosen-stack';
import { requireOpenPorts } from '../stack-run/closed-port';
import { enforcePolicy, printFileWarnings } from '../stack-run/enforce-policy';
import { adoptLogGroup } from '../stack-run/insights-group';
import { type HandoffNote, describeHandoff, fetchPendingReleaseChanges } from '../stack-run/pending-release';
import { finishEndedRelease } from '../stack-run/release-handoff';
import { countsLine } from '../stack-run/run-file';
import {
  addProviderHostOption,
  type Outcome,
  type ProviderHostOption,
  runStack,
  type RunEffects,
} from '../stack-run/run-stack';
import { keepImages, type NoHealthyTask, verifyService } from '../stack-run/service-health';
import { type DeployedStack, deployedStack } from '../stack-run/up-to-date';
import { addWindowOption, disturbingChanges, guardWindow, type WindowOption } from '../stack-run/window-guard';
import { keepRecord } from '@nightshift/files';
import { addAskOption, type AskOption, confirmLosses, confirmRun, plannedChanges } from './confirm-losses';
import { outputLines } from './outputs';

/** @param connect connects to AWS. */
export function register(command: Command, effects: Effects, connect = connectEnvironment): void {
  addAskOption(addYesOption(addProviderHostOption(addWindowOption(addStackArguments(command))), REPLACEMENTS))
    .description('Deploy one stack. With Nx, the stacks that it depends on are deployed first.')
    .option('--plan', 'apply the saved plan')
    .option('--refresh', REFRESH)
    .addHelpText(
      'after',
      `
Examples:
  npx nx run-many -t deploy -c dev       all stacks, in dependency order
  npx nx run compute:deploy -c dev       compute and the stacks that it depends on
  npx nightshift deploy network -c dev   only network`,
    )
    .action(async (stack: string | undefined, options: ApplyOptions) => {
      await applyStack('deploy', stack, options, effects, connect);
    });
}

/** The end of the help of `--yes`. */
export const REPLACEMENTS = ' of a deploy that destroys or replaces resources';

/** The help of `--refresh`. */
export const REFRESH = 'compare with AWS even if nothing has changed since the last deploy';

export interface ApplyOptions extends StackVerbOptions, WindowOption, ProviderHostOption, YesOption, AskOption {
  /** Apply the saved plan. */
  readonly plan?: boolean;
  /** Start Terraform even if the stack is up to date by its record. */
  readonly refresh?: boolean;
}

/** `deploy` and `redeploy`. Nx decides which stacks run before them. */
export async function applyStack(
  verb: 'deploy' | 'redeploy',
  name: string | undefined,
  { plan = false, refresh = false, json = false, yes = false, askFor, ...options }: ApplyOptions,
  effects: RunEffects & Keyboard & Directories & Synthesis & TerraformHandoff & StateStorage,
  connect: typeof connectEnvironment,
): Promise<void> {
  if (askFor !== undefined) {
    await confirmRun({ verb, options, askFor, effects, connect });
    return;
  }
  const stack = await chosenStack(verb, name, options, effects, plan);
  printFileWarnings(stack.environment, effects);
  await enforcePolicy(stack, effects);
  await requireOpenPorts(verb, stack, effects);
  if (plan) await requireSavedPlan(stack);
  const refuse = await guardWindow({ verb, stack, effects, connect, ...options });
  let deployed: DeployedStack | undefined;
  await runStack({
    verb,
    providerHost: options.providerHost,
    stack,
    json,
    effects,
    skip: async ({ binary, note, interrupt }) => {
      // A saved plan may be older than the configuration beside it.
      if (plan) return undefined;
      deployed = await deployedStack(stack, binary, effects);
      if (refresh || !deployed?.upToDate) return undefined;
      const due = fetchPendingReleaseChanges(stack, effects);
      await finishEndedRelease(stack, effects, note);
      const unhealthy = await verifyService(stack, effects, { note, interrupt });
      return upToDateOutcome(deployed.upToDate, await describeHandoff(stack, effects, [], due), unhealthy);
    },
    act: async (terraform, { note, interrupt, hideProgress }) => {
      const due = fetchPendingReleaseChanges(stack, effects);
      await finishEndedRelease(stack, effects, note);
      const adopting = <T>(run: () => Promise<T>) => adoptLogGroup(stack, effects, note, run);
      // Who saved a plan has reviewed it.
      const asks = effects.interactive && !yes && !json && !plan;
      const saved = plan || asks || refuse !== undefined;
      const planFile = join(stack.absoluteDirectory, PLAN_FILE);
      if (saved && !plan) await adopting(() => terraform.plan({ out: PLAN_FILE }));
      const changes = refuse || asks ? await plannedChanges(terraform, stack, PLAN_FILE) : [];
      try {
        const disturbing = refuse ? disturbingChanges(changes) : [];
        if (refuse && disturbing.length > 0) throw await refuse(disturbing);
        if (asks) await confirmLosses(verb, stack, changes, effects, hideProgress);
      } catch (error) {
        // This plan was made to find such changes; nobody has reviewed it.
        if (!plan) await rm(planFile, { force: true });
        throw error;
      }
      const summary = saved
        ? await terraform.apply({ planFile: PLAN_FILE })
        : await adopting(() => terraform.apply({}));
      // The plan belongs to a state that no longer exists: Terraform would refuse it.
      await keepRecord('removal of the saved plan', () => rm(planFile, { force: true }), note);
      const unhealthy = await verifyService(stack, effects, { note, interrupt });
      await keepImages(stack, effects, note);
      // Without the record, the next deploy verifies the service and keeps its image.
      if (!unhealthy) {
        await keepRecord('record of this deployment', async () => deployed?.recordApply(effects.now()), note);
      }
      const handoff = await describeHandoff(stack, effects, [], summary.hasChanges ? undefined : due);
      return outcomeOf(summary, handoff, unhealthy);
    },
  });
}

async function requireSavedPlan({ name, environment, directory, absoluteDirectory }: ChosenStack): Promise<void> {
  try {
    await access(join(absoluteDirectory, PLAN_FILE));
  } catch {
    throw new UserError({
      where: join(directory, PLAN_FILE),
      what: `no saved plan of ${name}`,
      todo: `create a plan and review it: ${everydayCommands(environment).nxRun(name, 'plan')}`,
    });
  }
}

function upToDateOutcome(
  { since, by, outputs }: NonNullable<DeployedStack['upToDate']>,
  handoff: HandoffNote | undefined,
  unhealthy: NoHealthyTask | undefined,
): Outcome {
  const at = `${since.slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ')} UTC`;
  return {
    outputs,
    upToDate: { since, by },
    ...unhealthy?.ending,
    ...(handoff && { result: { release: handoff.json } }),
    lines: (elapsed, colours) => [
      `up to date since ${at} by ${by}; not checked for drift (${elapsed})`,
      ...outputLines(outputs, colours),
      ...(handoff?.lines(colours) ?? []),
      ...(unhealthy?.lines(colours) ?? []),
    ],
  };
}

function outcomeOf(summary: Summary, handoff: HandoffNote | undefined, unhealthy: NoHealthyTask | undefined): Outcome {
  const { outputs, hasChanges } = summary;
  return {
    counts: summary,
    outputs,
    ...unhealthy?.ending,
    ...(handoff && { result: { release: handoff.json } }),
    lines: (elapsed, colours) => [
      hasChanges ? `${countsLine(summary, 'done')} in ${elapsed}` : `no changes (${elapsed})`,
      ...outputLines(outputs, colours),
      ...(handoff?.lines(colours) ?? []),
      ...(unhealthy?.lines(colours) ?? []),
    ],
  };
}
