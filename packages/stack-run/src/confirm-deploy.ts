import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { connectEnvironment } from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import type { Keyboard, Terminal } from '@nightshift/console';
import { type ChosenStack, findStack, readStackManifest } from './chosen-stack';
import { dependentStacks, type StackManifest } from './dependent-stacks';
import { resourceCount, storedStacks } from './confirm-destroy';
import { confirmLoss } from './confirm-loss';
import type { Directories, Synthesis, TerraformRuns } from './effects';
import { actionWords, nameOf } from './event-line';
import { type PlannedChange, planChanges } from './plan-changes';
import { planAfterFailure } from './plan-with-placeholders';
import { type Outcome, type RunEffects, runStack } from './run-stack';
import { deployedStack } from './up-to-date';
import { noFields } from './stack-line';

/** The changes of resources in a saved plan. */
export async function plannedChanges(
  terraform: TerraformRuns,
  { constructPath }: Pick<ChosenStack, 'constructPath'>,
  planFile: string,
): Promise<readonly PlannedChange[]> {
  return planChanges(await terraform.show(planFile), constructPath).resources;
}

/** The resources that a deploy destroys or replaces, one line each. */
function lossLines(changes: readonly PlannedChange[], { constructPath }: Pick<ChosenStack, 'constructPath'>): string[] {
  return changes.flatMap(({ address, action }) =>
    action === 'delete' || (action === 'replace' && !isTaskDefinition(address))
      ? [`  ${actionWords[action].mark} ${nameOf(address, { constructPath })}`]
      : [],
  );
}

/**
 * Terraform replaces a task definition to register a new revision. Tasks and services continue with theirs;
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
 */
function isTaskDefinition(address: string): boolean {
  return address.startsWith('aws_ecs_task_definition.');
}

/** Shows the resources that the deploy of one stack destroys or replaces, and asks. @throws {UserError} when nobody confirms. */
export async function confirmLosses(
  verb: string,
  stack: ChosenStack,
  changes: readonly PlannedChange[],
  effects: Terminal & Keyboard,
  hideProgress: () => () => void,
): Promise<void> {
  const lost = lossLines(changes, stack);
  if (lost.length === 0) return;
  const showProgress = hideProgress();
  for (const line of lost) effects.stdout.write(`${line}\n`);
  const { name, environment } = stack;
  await ask({ verb, environment, stacks: [name], what: destroysOrReplaces(lost.length) }, effects);
  showProgress();
}

interface Question {
  readonly verb: string;
  readonly environment: Environment;
  readonly stacks: readonly string[];
  /** Such as `destroys or replaces 2 resources`. */
  readonly what: string;
}

function destroysOrReplaces(count: number): string {
  return `destroys or replaces ${resourceCount(count)}`;
}

async function ask(
  { verb, environment: { suffix }, stacks, what }: Question,
  effects: Pick<Keyboard, 'ask'>,
): Promise<void> {
  const [first] = stacks;
  const where = stacks.length === 1 ? `nightshift ${verb} ${String(first)}` : `nightshift ${verb}`;
  const text = `This ${what} of ${stacks.join(', ')} in ${suffix}.`;
  await confirmLoss({ where, suffix, text, kept: 'nothing was changed' }, effects);
}

/** Neither `plan.tfplan`, which a person may have reviewed, nor a plan that `deploy --plan` finds. */
const QUESTION_PLAN_FILE = 'question.tfplan';

interface ConfirmDeployProps {
  readonly verb: 'deploy' | 'redeploy';
  readonly environment: Environment;
  /** As on the command line of Nx. @default - all */
  readonly named: readonly string[] | undefined;
  readonly effects: RunEffects & Keyboard & Directories & Synthesis;
  readonly connect: typeof connectEnvironment;
}

/**
 * Plans the stacks of an Nx run and asks once if they lose resources. Deploys nothing. Stacks without resources have nothing to lose, and
 * those that are up to date change nothing, so that neither needs a plan. A plan has the current values of the upstream stacks. If a stack
 * publishes new ones, no plan shows the replacements that they cause in the stacks that read them, so it asks for these stacks as well.
 */
export async function confirmDeployRun(props: ConfirmDeployProps): Promise<void> {
  const { verb, environment, named, effects, connect } = props;
  const outdir = join(effects.root, 'cdktf.out', environment.suffix);
  await effects.synthesizeUnchecked(environment, outdir);
  const manifest = (await readStackManifest(outdir)) as StackManifest;
  const stored = await storedStacks(environment, effects, connect);
  const stacks = stacksOf(verb, named, manifest).filter((name) => stored.has(name));
  const losses = new Map<string, number>();
  const sources: string[] = [];
  for (const name of stacks) {
    const stack = await findStack({ verb, stack: name, environment, root: effects.root });
    const planned = await planLosses(stack, effects);
    // The run of the stack has reported why.
    if (planned === undefined) return;
    const { lost, publishes } = planned;
    if (lost > 0) losses.set(name, lost);
    if (lost > 0 || publishes) sources.push(name);
  }
  const losing = [...losses.keys()];
  const reads = (name: string, source: string) => dependentStacks(manifest, [source]).includes(name);
  const others = stacks.filter((name) => !losses.has(name) && sources.some((source) => reads(name, source)));
  const read = sources.filter((source) => others.some((name) => reads(name, source)));
  if (others.length > 0) {
    const also = losing.length > 0 ? 'also ' : '';
    effects.stdout.write(`new values of ${read.join(', ')} can ${also}replace resources of ${others.join(', ')}\n`);
  }
  const count = [...losses.values()].reduce((sum, lost) => sum + lost, 0);
  if (count > 0) await ask({ verb, environment, stacks: losing, what: destroysOrReplaces(count) }, effects);
  else if (others.length > 0) await ask({ verb, environment, stacks: others, what: 'can replace resources' }, effects);
}

/** The stacks of a run, in the order of the manifest. */
function stacksOf(
  verb: ConfirmDeployProps['verb'],
  named: ConfirmDeployProps['named'],
  manifest: StackManifest,
): string[] {
  const all = [...manifest.keys()];
  if (!named) return all;
  const isUpstream = (name: string) =>
    verb === 'deploy' && dependentStacks(manifest, [name]).some((one) => named.includes(one));
  return all.filter((name) => named.includes(name) || isUpstream(name));
}

interface PlannedLosses {
  /** The number of resources that the deploy destroys or replaces. */
  readonly lost: number;
  /** Whether the deploy changes values that other stacks can read. */
  readonly publishes: boolean;
}

/** Prints the resources that a deploy destroys or replaces. @returns undefined if the plan failed. */
async function planLosses(
  stack: ChosenStack,
  effects: ConfirmDeployProps['effects'],
): Promise<PlannedLosses | undefined> {
  let losses: PlannedLosses | undefined;
  const outcome = (lines: readonly string[], publishes: boolean): Outcome<typeof noFields> => {
    losses = { lost: lines.length, publishes };
    const headline = destroysOrReplaces(lines.length);
    return { lines: (elapsed) => (lines.length === 0 ? [] : [`${headline} (${elapsed})`, ...lines]) };
  };
  await runStack({
    verb: 'plan',
    fields: noFields,
    stack,
    json: false,
    effects,
    // `run.json` is the record of a run that the user started. `status` reports it.
    record: 'none',
    skip: async ({ binary }) =>
      (await deployedStack(stack, binary, effects))?.upToDate ? outcome([], false) : undefined,
    act: async (terraform, { terraformIn }) => {
      try {
        const { changedOutputs } = await terraform.plan({ out: QUESTION_PLAN_FILE });
        const changes = await plannedChanges(terraform, stack, QUESTION_PLAN_FILE);
        return outcome(lossLines(changes, stack), changedOutputs.length > 0);
      } catch (error) {
        // Another stack of the run is going to publish a new value that this one reads.
        const { changes } = await planAfterFailure(error, { stack, lock: true, terraformIn });
        return outcome(lossLines(changes.resources, stack), changes.outputs.length > 0);
      } finally {
        await rm(join(stack.absoluteDirectory, QUESTION_PLAN_FILE), { force: true });
      }
    },
  });
  return losses;
}
