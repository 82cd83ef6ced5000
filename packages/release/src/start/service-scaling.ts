import {
  type SuspendedState as AwsSuspendedState,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import type { Given } from '../aws-answers';
import type { SuspendedState } from '../record';
import type { ReleaseContext } from '../release-context';
import type { ServiceScaling } from '../snapshot';

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

const dimension = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;

/** Undefined if the service does not scale. */
export async function serviceScaling({ clients, target }: Context): Promise<ServiceScaling | undefined> {
  const answer = await clients.autoscaling.send(
    new DescribeScalableTargetsCommand({ ...dimension, ResourceIds: [target.scalableResourceId] }),
  );
  const [found] = (answer as Given<typeof answer, 'ScalableTargets'>).ScalableTargets;
  if (!found) return undefined;
  const { MinCapacity = 0, MaxCapacity = 0, SuspendedState: suspended = {} } = found;
  return { minimum: MinCapacity, maximum: MaxCapacity, suspended };
}

/** The suspended state of auto-scaling; undefined if the service does not scale. */
export async function suspendedScaling(context: Context): Promise<SuspendedState | undefined> {
  return (await serviceScaling(context))?.suspended;
}

/**
 * Suspends scale-in. With two task sets, the CPU usage per task is half of the usual one, so scale-in would remove tasks that the traffic
 * needs after one task set is gone.
 *
 * Scale-out stays possible, also while traffic shifts. AWS does not forbid it: traffic continues to shift for five minutes after a
 * scaling event, and CodeDeploy fails the deployment only when the service is not steady by then. A release that is rolled back is
 * better than calculations without capacity.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html#deployment-type-bluegreen-considerations
 *
 * Scheduled actions continue: a missed one is not repeated, and the tasks of a whole night would be missing.
 */
export async function suspendScaling(context: Context, before: SuspendedState): Promise<void> {
  await setSuspended(context, { ...before, DynamicScalingInSuspended: true });
}

/** Restores the recorded state. Omitted values count as not suspended. Does nothing if the service no longer scales. */
export async function restoreScaling(context: Context, before: SuspendedState): Promise<void> {
  if ((await suspendedScaling(context)) === undefined) return;
  await setSuspended(context, { DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false, ...before });
}

async function setSuspended({ clients, target }: Context, state: SuspendedState): Promise<void> {
  const { scalableResourceId: ResourceId } = target;
  const SuspendedState = state as AwsSuspendedState;
  await clients.autoscaling.send(new RegisterScalableTargetCommand({ ...dimension, ResourceId, SuspendedState }));
}
