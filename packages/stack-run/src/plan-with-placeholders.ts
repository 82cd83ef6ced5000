import { copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Summary } from '@nightshift/terraform';
import type { ChosenStack } from './chosen-stack';
import {
  findMissingValues,
  type MissingValues,
  type StackJson,
  withoutPlaceholders,
  withPlaceholders,
} from './placeholders';
import { planChanges, type PlanChanges } from './plan-changes';
import type { RunContext } from './run-stack';

interface PlaceholderPlan {
  /** The values that placeholders replace. */
  readonly missing: readonly MissingValues[];
  readonly counts: Summary;
  readonly changes: PlanChanges;
}

interface PlaceholderPlanProps extends Pick<RunContext, 'terraformIn'> {
  readonly stack: Pick<ChosenStack, 'name' | 'absoluteDirectory' | 'constructPath'>;
  /** Whether to lock the stack's state. */
  readonly lock: boolean;
}

const PLAN_FILE = 'speculative.tfplan';

/**
 * Plans with placeholders after a plan that failed only because upstream stacks do not publish a value yet.
 * @throws the error of the plan if it has another cause.
 */
export async function planAfterFailure(error: unknown, props: PlaceholderPlanProps): Promise<PlaceholderPlan> {
  const { TerraformError } = await import('@nightshift/terraform');
  const lacksUpstream =
    error instanceof TerraformError && error.failures.every(({ kind }) => kind === 'upstream-missing');
  const plan = lacksUpstream ? await planWithPlaceholders(props) : undefined;
  if (!plan) throw error;
  return plan;
}

/**
 * Plans a stack, which has been initialized, against its own state with placeholders for the values that upstream stacks do not publish
 * yet. Leaves no plan file that could be applied.
 * @returns undefined if no value is missing.
 */
export async function planWithPlaceholders(props: PlaceholderPlanProps): Promise<PlaceholderPlan | undefined> {
  const { stack, lock, terraformIn } = props;
  const directories = planDirectories(stack);
  const json = JSON.parse(await readFile(join(stack.absoluteDirectory, 'cdk.tf.json'), 'utf8')) as StackJson;
  const missing = await findMissingValues(json, directories.upstream, terraformIn);
  if (missing.length === 0) return undefined;
  const { json: prepared, addresses } = withPlaceholders(json, missing);
  await prepareDirectory(directories.plan, prepared, stack.absoluteDirectory);
  try {
    const terraform = await terraformIn(directories.plan);
    await terraform.init();
    const counts = await terraform.plan({ out: PLAN_FILE, lock });
    const plan = withoutPlaceholders(await terraform.show(PLAN_FILE), addresses);
    const changes = planChanges(plan, stack.constructPath);
    // Terraform always creates the placeholders; the stack itself may have no change.
    const hasChanges = changes.resources.length + changes.outputs.length > 0;
    return { missing, changes, counts: { ...counts, add: counts.add - addresses.length, hasChanges } };
  } finally {
    await rm(directories.plan, { recursive: true, force: true });
  }
}

/**
 * Makes a directory in which Terraform plans another configuration with the provider and the state of an initialized
 * stack: `terraform init` would hash the provider's 700 MB again.
 */
async function prepareDirectory(directory: string, json: StackJson, stackDirectory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'cdk.tf.json'), JSON.stringify(json, undefined, 2));
  await copyFile(join(stackDirectory, '.terraform.lock.hcl'), join(directory, '.terraform.lock.hcl'));
  // On Windows, only a junction needs no special rights.
  await symlink(resolve(stackDirectory, '.terraform'), join(directory, '.terraform'), 'junction');
}

/**
 * The working directories for a speculative plan: next to `cdktf.out/<suffix>/stacks` and never in it, so that a deploy cannot use them.
 * The last folder is the name of a stack, for messages.
 */
function planDirectories({ absoluteDirectory, name }: Pick<ChosenStack, 'absoluteDirectory' | 'name'>) {
  const outdir = dirname(dirname(absoluteDirectory));
  return {
    plan: join(outdir, 'speculative', name),
    /** Separate for each stack, because stacks are planned in parallel. */
    upstream: (stack: string) => join(outdir, `read-by-${name}`, stack),
  };
}

/** A message with the placeholders of a plan. */
export function placeholderNote(missing: readonly MissingValues[]): string {
  const absent = missing.filter(({ all }) => all).map(({ stack }) => stack);
  const assumptions = [
    ...(absent.length === 0 ? [] : [notDeployed(absent)]),
    ...missing.filter(({ all }) => !all).map(notPublished),
  ];
  return `speculative: ${assumptions.join('; ')}; this plan cannot be applied`;
}

function notDeployed(stacks: readonly string[]): string {
  return stacks.length === 1
    ? `${stacks.join()} is not deployed yet, its values count as known after apply`
    : `${stacks.join(' and ')} are not deployed yet, their values count as known after apply`;
}

function notPublished({ stack, values }: MissingValues): string {
  const count = values.length === 1 ? 'counts' : 'count';
  return `${stack} does not publish ${values.join(', ')} yet, which ${count} as known after apply`;
}
