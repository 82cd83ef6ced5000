import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Summary } from '@nightshift/terraform';
import type { TerraformRuns } from '../effects';
import { type ChosenStack, DESTROY_PLAN_FILE, PLAN_FILE } from './chosen-stack';
import type { MissingValues } from './placeholders';
import { noChanges, planChanges, type PlanChanges } from './plan-changes';
import { planWithPlaceholders } from './plan-with-placeholders';
import type { RunContext } from './run-stack';

interface MadePlan {
  readonly counts: Summary;
  readonly changes: PlanChanges;
  /** Where it is saved, relative to the workspace; undefined for a speculative plan. */
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
export async function makePlan({ stack, terraform, terraformIn, destroy, lock }: MakePlanProps): Promise<MadePlan> {
  const file = destroy ? DESTROY_PLAN_FILE : PLAN_FILE;
  try {
    const counts = await terraform.plan({ out: file, destroy, lock });
    // Reading a plan takes seconds, and a plan without changes has nothing to show.
    const changes = counts.hasChanges ? planChanges(await terraform.show(file), stack.constructPath) : noChanges;
    return { counts, changes, file: join(stack.directory, file), missing: [] };
  } catch (error) {
    // Terraform saves even an incomplete plan, and a previous one is out of date.
    await rm(join(stack.absoluteDirectory, file), { force: true });
    // A deployed stack has deployed upstream stacks.
    const withPlaceholders =
      !destroy && (await lacksUpstream(error)) ? await planWithPlaceholders({ stack, lock, terraformIn }) : undefined;
    if (!withPlaceholders) throw error;
    return { ...withPlaceholders, file: undefined };
  }
}

async function lacksUpstream(error: unknown): Promise<boolean> {
  const { TerraformError } = await import('@nightshift/terraform');
  return error instanceof TerraformError && error.failures.every(({ kind }) => kind === 'upstream-missing');
}
