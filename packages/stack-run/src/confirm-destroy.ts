import { join } from 'node:path';
import {
  awsError,
  callerOf,
  type connectEnvironment,
  guardAccount,
  type LocalClouds,
  type ProcessVariables,
} from '@nightshift/aws-access';
import type { Environment } from '@nightshift/config';
import type { Keyboard, Terminal, Time } from '@nightshift/console';
import { everydayCommands, UserError } from '@nightshift/errors';
import { environmentStates, orAbsent, type StoredState } from '@nightshift/state-bucket';
import { type ChosenStack, readStackManifest } from './chosen-stack';
import { dependentStacks, type StackManifest } from './dependent-stacks';
import { confirmLoss, requireAnswer } from './confirm-loss';
import type { Directories, Synthesis } from './effects';
import { windowAhead } from './window-guard';

interface Removal {
  readonly environment: Environment;
  /** The stacks to be destroyed. */
  readonly stacks: readonly string[];
  /** Remaining stacks that read their values. */
  readonly dependents: readonly string[];
  readonly stored: StoredStacks;
}

/** The Nx plugin asks once for a whole run and passes the ID of the confirmed run to the commands of the stacks. */
export function isConfirmedRun({ NIGHTSHIFT_CONFIRMED, NIGHTSHIFT_RUN_ID }: ProcessVariables['env']): boolean {
  return Boolean(NIGHTSHIFT_CONFIRMED) && NIGHTSHIFT_CONFIRMED === NIGHTSHIFT_RUN_ID;
}

/** Shows what will be lost and asks for the name of the environment. @throws {UserError} if the answer differs. */
export async function confirmDestroy(removal: Removal, effects: Terminal & Keyboard & Time): Promise<void> {
  const { suffix } = removal.environment;
  effects.stdout.write((await consequences(removal, effects.now())).map((line) => `  ${line}\n`).join(''));
  const deployed = removal.stacks.filter((stack) => removal.stored.has(stack));
  const count = deployed.reduce((sum, stack) => sum + Number(removal.stored.get(stack)?.resources), 0);
  const named = deployed.length === 0 ? removal.stacks : deployed;
  const text = `This destroys ${resourceCount(count)} of ${named.join(', ')} in ${suffix}.`;
  await confirmLoss({ where: 'nightshift destroy', suffix, text, kept: 'nothing was destroyed' }, effects);
}

async function consequences({ environment, stacks, dependents, stored }: Removal, now: Date): Promise<string[]> {
  const remaining = deployedStacks(dependents, stored);
  const data = stacks.flatMap((stack) => {
    const lost = stored.get(stack)?.data ?? [];
    return lost.length === 0 ? [] : [`  ${stack}`, ...lost.map((one) => `    ${one}`)];
  });
  const occurrence = await windowAhead(environment, now);
  const { describeOccurrence } = await import('@nightshift/windows');
  return [
    ...(remaining.length === 0 ? [] : [`still deployed and depends on it: ${remaining.join(', ')}`]),
    ...(data.length === 0 ? [] : ['data that will be lost:', ...data]),
    ...(occurrence ? [`processing ${describeOccurrence(occurrence, now)}`] : []),
  ];
}

/**
 * Asks once for all stacks of an Nx run, and destroys nothing.
 * @param stacks as on the command line of Nx; their dependents are destroyed with them.
 * @default - all
 */
export async function confirmDestroyRun(
  environment: Environment,
  stacks: readonly string[] | undefined,
  effects: Terminal & Keyboard & Time & ProcessVariables & Directories & Synthesis & LocalClouds,
  connect: typeof connectEnvironment,
): Promise<void> {
  requireAnswer('nightshift destroy', effects);
  const outdir = join(effects.root, 'cdktf.out', environment.suffix);
  await effects.synthesizeUnchecked(environment, outdir);
  const manifest = (await readStackManifest(outdir)) as StackManifest;
  const chosen = stacks ? [...dependentStacks(manifest, stacks), ...stacks] : [...manifest.keys()];
  const stored = await storedStacks(environment, effects, connect);
  await confirmDestroy({ environment, stacks: chosen, dependents: [], stored }, effects);
}

/** The stored states of the stacks with resources, by name. */
type StoredStacks = ReadonlyMap<string, StoredState>;

/**
 * Reads the states of an environment; none if the state bucket does not exist, which Terraform reports better.
 * @throws {UserError} when AWS does not answer, or the credentials belong to another account than the environment.
 */
export async function storedStacks(
  environment: Environment,
  effects: ProcessVariables & LocalClouds,
  connect: typeof connectEnvironment,
): Promise<StoredStacks> {
  const { suffix, state } = environment;
  try {
    const { s3, sts } = await connect(environment, effects);
    const caller = await callerOf(sts);
    guardAccount(environment, caller);
    const request = { Bucket: state.bucket, ExpectedBucketOwner: caller.account };
    const states = await orAbsent(environmentStates(s3, request, suffix), 'NoSuchBucket');
    return new Map([...(states ?? [])].filter(([, { resources }]) => resources > 0));
  } catch (error) {
    throw awsError(error, `state bucket ${state.bucket}`);
  }
}

/** @throws {UserError} when stacks that read values of this one are still deployed. */
export function refuseDependents({ name, environment, dependents }: ChosenStack, stored: StoredStacks): void {
  const deployed = deployedStacks(dependents, stored);
  if (deployed.length === 0) return;
  throw new UserError({
    where: `nightshift destroy ${name}`,
    what: `stacks that depend on ${name} are still deployed`,
    got: deployed.join(', '),
    todo: `destroy them first (${everydayCommands(environment).nxRun(name, 'destroy')} does), or add --ignore-dependents`,
  });
}

/** Such as `compute (37 resources)`. */
function deployedStacks(stacks: readonly string[], stored: StoredStacks): string[] {
  return stacks.flatMap((stack) => {
    const state = stored.get(stack);
    return state ? [`${stack} (${resourceCount(state.resources)})`] : [];
  });
}

export function resourceCount(count: number): string {
  return `${String(count)} resource${count === 1 ? '' : 's'}`;
}
