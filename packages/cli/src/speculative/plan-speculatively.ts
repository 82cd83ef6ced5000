import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Summary } from '@nightshift/terraform';
import { planChanges, type PlanChanges } from '../plan/plan-changes';
import type { RunContext } from '../run/run-context';
import type { ChosenStack } from '../stack/chosen-stack';
import { findMissing } from './find-missing';
import type { MissingValues } from './missing-values';
import { prepareDirectory } from './prepare-directory';
import { speculativeDirectories } from './speculative-directories';
import type { StackJson } from './stack-json';
import { withStandIns } from './with-stand-ins';
import { withoutStandIns } from './without-stand-ins';

export interface SpeculativePlan {
  /** What it had to do without. */
  readonly missing: readonly MissingValues[];
  readonly counts: Summary;
  readonly changes: PlanChanges;
}

interface SpeculativePlanProps extends Pick<RunContext, 'terraformIn'> {
  readonly stack: ChosenStack;
  /** Whether the stack's state is locked meanwhile. */
  readonly lock: boolean;
}

const PLAN_FILE = 'speculative.tfplan';

/**
 * Plans a stack, which has been initialized, against its own state although others do not publish yet all that it reads.
 * Leaves nothing behind that could be applied.
 * @returns undefined when nothing is missing.
 */
export async function planSpeculatively(props: SpeculativePlanProps): Promise<SpeculativePlan | undefined> {
  const { stack, lock, terraformIn } = props;
  const directories = speculativeDirectories(stack);
  const json = JSON.parse(await readFile(join(stack.absoluteDirectory, 'cdk.tf.json'), 'utf8')) as StackJson;
  const missing = await findMissing(json, directories.upstream, terraformIn);
  if (missing.length === 0) return undefined;
  const { json: stoodIn, addresses } = withStandIns(json, missing);
  await prepareDirectory(directories.plan, stoodIn, stack.absoluteDirectory);
  try {
    const terraform = await terraformIn(directories.plan);
    await terraform.init();
    const counts = await terraform.plan({ out: PLAN_FILE, lock });
    const plan = withoutStandIns(await terraform.show(PLAN_FILE), addresses);
    const changes = planChanges(plan, stack.constructPath);
    // The stand-ins are always created; of the stack itself, perhaps nothing changes.
    const hasChanges = changes.resources.length + changes.outputs.length > 0;
    return { missing, changes, counts: { ...counts, add: counts.add - addresses.length, hasChanges } };
  } finally {
    await rm(directories.plan, { recursive: true, force: true });
  }
}
