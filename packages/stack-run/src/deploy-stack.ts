import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { connectEnvironment } from '@nightshift/aws-access';
import type { Keyboard } from '@nightshift/console';
import { everydayCommands, UserError } from '@nightshift/errors';
import { keepRecord } from '@nightshift/files';
import type { Summary } from '@nightshift/terraform';
import { type ChosenStack, PLAN_FILE } from './chosen-stack';
import { requireDeployable } from './deploy-blockers';
import type { YesOption } from './confirm-loss';
import { confirmLosses, plannedChanges } from './confirm-deploy';
import type { Directories, Synthesis, TerraformHandoff } from './effects';
import { enforcePolicy, printFileWarnings } from './enforce-policy';
import { adoptLogGroup } from './insights-group';
import { describeHandoff, fetchPendingReleaseChanges, type HandoffNote } from './pending-release';
import { finishEndedRelease } from './release-handoff';
import { BELOW_START } from './print-error';
import { countsLine } from './run-file';
import { noFields, stackOutput } from './stack-line';
import { outputLines } from './stack-state';
import { type JsonOption, type Outcome, type ProviderHostOption, type RunEffects, runStack } from './run-stack';
import { keepImages, type NoHealthyTask, verifyService } from './service-health';
import { type DeployedStack, deployedStack } from './up-to-date';
import { disturbingChanges, guardWindow, type WindowOption } from './window-guard';

export interface DeployOptions extends JsonOption, WindowOption, ProviderHostOption, YesOption {
  /** Apply the saved plan. */
  readonly plan?: boolean;
  /** Start Terraform even if the stack is up to date by its record. */
  readonly refresh?: boolean;
}

export const deployOutput = stackOutput('deploy');

export const redeployOutput = stackOutput('redeploy');

/** `deploy` and `redeploy`. Nx decides which stacks run before them. */
export async function deployStack(
  verb: 'deploy' | 'redeploy',
  stack: ChosenStack,
  { plan = false, refresh = false, json = false, yes = false, ...options }: DeployOptions,
  effects: RunEffects & Keyboard & Directories & Synthesis & TerraformHandoff,
  connect: typeof connectEnvironment,
): Promise<void> {
  printFileWarnings(stack.environment, effects);
  await enforcePolicy(stack, effects);
  await requireDeployable(verb, stack, effects);
  if (plan) await requireSavedPlan(stack);
  const refuse = await guardWindow({ verb, stack, effects, connect, ...options });
  let deployed: DeployedStack | undefined;
  // The summary of `npm start` shows the outputs that its user needs.
  const shown: ShownOutputs = effects.env[BELOW_START] ? () => [] : outputLines;
  await runStack({
    verb,
    fields: noFields,
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
      const handoff = await describeHandoff(stack, effects, [], due);
      return upToDateOutcome(deployed.upToDate, shown, handoff, unhealthy);
    },
    storedState: () => deployed?.state,
    act: async (terraform, { note, interrupt, hideProgress }) => {
      const due = fetchPendingReleaseChanges(stack, effects);
      await finishEndedRelease(stack, effects, note);
      const adopting = <T>(run: () => Promise<T>) => adoptLogGroup(stack, effects, note, run);
      // A saved plan has been reviewed.
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
      return outcomeOf(summary, shown, handoff, unhealthy);
    },
  });
}

type ShownOutputs = (...given: Parameters<typeof outputLines>) => readonly string[];

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
  shown: ShownOutputs,
  handoff: HandoffNote | undefined,
  unhealthy: NoHealthyTask | undefined,
): Outcome<typeof noFields> {
  const at = `${since.slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ')} UTC`;
  return {
    outputs,
    upToDate: { since, by },
    ...unhealthy?.ending,
    ...(handoff && { release: handoff.json }),
    lines: (elapsed, colours) => [
      `up to date since ${at} by ${by}; not checked for drift (${elapsed})`,
      ...shown(outputs, colours),
      ...(handoff?.lines(colours) ?? []),
      ...(unhealthy?.lines(colours) ?? []),
    ],
  };
}

function outcomeOf(
  summary: Summary,
  shown: ShownOutputs,
  handoff: HandoffNote | undefined,
  unhealthy: NoHealthyTask | undefined,
): Outcome<typeof noFields> {
  const { outputs, hasChanges } = summary;
  return {
    counts: summary,
    outputs,
    ...unhealthy?.ending,
    ...(handoff && { release: handoff.json }),
    lines: (elapsed, colours) => [
      hasChanges ? `${countsLine(summary, 'done')} in ${elapsed}` : `no changes (${elapsed})`,
      ...shown(outputs, colours),
      ...(handoff?.lines(colours) ?? []),
      ...(unhealthy?.lines(colours) ?? []),
    ],
  };
}
