import type { Environment } from '@nightshift/config';
import { everydayCommands, UserError } from '@nightshift/errors';
import {
  callerOf,
  type connectEnvironment,
  guardAccount,
  awsError,
  type LocalClouds,
  type ProcessVariables,
} from '@nightshift/aws-access';
import type { ChosenStack } from '../../stack-run/chosen-stack';
import { orAbsent, environmentStates, type StoredState } from '@nightshift/state-bucket';

/** What Terraform stored about the stacks that hold resources, by name. */
export type StoredStacks = ReadonlyMap<string, StoredState>;

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
export function deployedStacks(stacks: readonly string[], stored: StoredStacks): string[] {
  return stacks.flatMap((stack) => {
    const state = stored.get(stack);
    return state ? [`${stack} (${resourceCount(state.resources)})`] : [];
  });
}

export function resourceCount(count: number): string {
  return `${String(count)} resource${count === 1 ? '' : 's'}`;
}
