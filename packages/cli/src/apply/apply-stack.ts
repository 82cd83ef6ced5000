import { access, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { everydayCommands, UserError } from '@nightshift/errors';
import type { Summary } from '@nightshift/terraform';
import type { AgreementNote } from '../agreement/agreement-note';
import { askAgreement } from '../agreement/ask-agreement';
import { requireOpenPorts } from '../agreement/closed-port';
import { dueMeanwhile } from '../agreement/due-meanwhile';
import type { connectEnvironment } from '../aws/connect-environment';
import type { Effects, TerraformRuns } from '../effects';
import { planChanges } from '../plan/plan-changes';
import { PLAN_FILE } from '../plan/plan-file';
import { enforcePolicy } from '../policy/enforce-policy';
import { countsLine } from '../run/counts-line';
import type { Outcome } from '../run/outcome';
import { runStack } from '../run/run-stack';
import { keepRecord } from '../system-error';
import type { ChosenStack } from '../stack/chosen-stack';
import { chosenStack, type StackVerbOptions } from '../stack/stack-arguments';
import { outputLines } from '../outputs/output-lines';
import { disturbingChanges } from '../windows/disturbing-changes';
import { guardWindow } from '../windows/guard-window';
import type { WindowOption } from '../windows/window-option';

export interface ApplyOptions extends StackVerbOptions, WindowOption {
  /** Apply the saved plan. */
  readonly plan?: boolean;
}

/** `deploy` and `redeploy`: what runs before them is up to Nx. */
export async function applyStack(
  verb: 'deploy' | 'redeploy',
  name: string | undefined,
  { plan = false, json = false, ...options }: ApplyOptions,
  effects: Effects,
  connect: typeof connectEnvironment,
): Promise<void> {
  const stack = await chosenStack(verb, name, options, effects, plan);
  await enforcePolicy(stack, effects);
  await requireOpenPorts(verb, stack, effects);
  if (plan) await requireSavedPlan(stack);
  const refuse = await guardWindow({ verb, stack, effects, connect, ...options });
  await runStack({
    verb,
    stack,
    json,
    effects,
    act: async (terraform, { note }) => {
      const due = dueMeanwhile(stack, effects);
      if (refuse && !plan) await terraform.plan({ out: PLAN_FILE });
      const disturbing = refuse ? await disturbingIn(terraform, stack) : [];
      if (refuse && disturbing.length > 0) {
        // Nobody has reviewed what was only made to be looked at here.
        if (!plan) await rm(join(stack.absoluteDirectory, PLAN_FILE), { force: true });
        throw await refuse(disturbing);
      }
      const summary = await terraform.apply(plan || refuse ? { planFile: PLAN_FILE } : {});
      // It describes a state that is gone. Terraform refuses it, should it stay.
      const planFile = join(stack.absoluteDirectory, PLAN_FILE);
      await keepRecord('the removal of the saved plan', () => rm(planFile, { force: true }), note);
      return outcomeOf(summary, await askAgreement(stack, effects, [], summary.hasChanges ? undefined : due));
    },
  });
}

async function disturbingIn(terraform: TerraformRuns, { constructPath }: ChosenStack) {
  return disturbingChanges(planChanges(await terraform.show(PLAN_FILE), constructPath).resources);
}

async function requireSavedPlan({ name, environment, directory, absoluteDirectory }: ChosenStack): Promise<void> {
  try {
    await access(join(absoluteDirectory, PLAN_FILE));
  } catch {
    throw new UserError({
      where: join(directory, PLAN_FILE),
      what: `no plan of ${name} is saved`,
      todo: `make one and review it: ${everydayCommands(environment).nxRun(name, 'plan')}`,
    });
  }
}

function outcomeOf(summary: Summary, agreement: AgreementNote | undefined): Outcome {
  const { outputs, hasChanges } = summary;
  return {
    counts: summary,
    outputs,
    ...(agreement && { result: { release: agreement.json } }),
    lines: (elapsed, colours) => [
      hasChanges ? `${countsLine(summary, 'done')} in ${elapsed}` : `no changes (${elapsed})`,
      ...outputLines(outputs, colours),
      ...(agreement?.lines(colours) ?? []),
    ],
  };
}
