import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Summary } from '@nightshift/terraform';
import type { TerraformRuns } from '../effects';
import type { ChosenStack } from './chosen-stack';
import type { MissingValues } from './placeholders';
import { noChanges, planChanges, type PlanChanges } from './plan-changes';
import { planSpeculatively } from './plan-with-placeholders';
import type { RunContext } from './run-stack';

interface MadePlan {
  readonly counts: Summary;
  readonly changes: PlanChanges;
  /** Where it is saved, relative to the workspace; undefined for a speculative plan. */
  readonly file: string | undefined;
  /** What a speculative plan had to do without. */
  readonly missing: readonly MissingValues[];
}

interface MakePlanProps extends Pick<RunContext, 'terraformIn'> {
  readonly stack: ChosenStack;
  readonly terraform: TerraformRuns;
  readonly destroy: boolean;
  readonly lock: boolean;
}

/** Plans a stack and saves the plan; speculatively where the stacks that it needs are not deployed yet. */
export async function makePlan({ stack, terraform, terraformIn, destroy, lock }: MakePlanProps): Promise<MadePlan> {
  const file = destroy ? DESTROY_PLAN_FILE : PLAN_FILE;
  try {
    const counts = await terraform.plan({ out: file, destroy, lock });
    // Reading a plan costs seconds; one without changes has nothing to tell.
    const changes = counts.hasChanges ? planChanges(await terraform.show(file), stack.constructPath) : noChanges;
    return { counts, changes, file: join(stack.directory, file), missing: [] };
  } catch (error) {
    // Terraform saves even a plan that it could not finish, and a former one is out of date.
    await rm(join(stack.absoluteDirectory, file), { force: true });
    // What is to be removed has been deployed, with all that it needs.
    const speculative =
      !destroy && (await lacksUpstream(error)) ? await planSpeculatively({ stack, lock, terraformIn }) : undefined;
    if (!speculative) throw error;
    return { ...speculative, file: undefined };
  }
}

async function lacksUpstream(error: unknown): Promise<boolean> {
  const { TerraformError } = await import('@nightshift/terraform');
  return error instanceof TerraformError && error.failures.every(({ kind }) => kind === 'upstream-missing');
}

/** The saved plan of a stack, in its directory. */
export const PLAN_FILE = 'plan.tfplan';

/** A plan to remove the stack goes elsewhere, so that no deploy can apply it by accident. */
export const DESTROY_PLAN_FILE = 'destroy.tfplan';
