import {
  type SuspendedState as AwsSuspendedState,
  DescribeScalableTargetsCommand,
  RegisterScalableTargetCommand,
} from '@aws-sdk/client-application-auto-scaling';
import type { Given } from '../aws-answers';
import type { SuspendedState } from '../record';
import type { ReleaseContext } from '../release-context';

type Context = Pick<ReleaseContext, 'clients' | 'target'>;

const dimension = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;

/** What of auto-scaling is suspended; undefined where the service does not scale. */
export async function suspendedScaling({ clients, target }: Context): Promise<SuspendedState | undefined> {
  const answer = await clients.autoscaling.send(
    new DescribeScalableTargetsCommand({ ...dimension, ResourceIds: [target.scalableResourceId] }),
  );
  const [found] = (answer as Given<typeof answer, 'ScalableTargets'>).ScalableTargets;
  return found && (found.SuspendedState ?? {});
}

/**
 * A change of the number of tasks while traffic shifts may fail the deployment, and is computed from both task sets at that.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-type-bluegreen.html#deployment-type-bluegreen-considerations
 * Scheduled actions go on: one that is missed never comes again, and the tasks of a whole night would be missing.
 */
export async function suspendScaling(context: Context, before: SuspendedState): Promise<void> {
  await setSuspended(context, { ...before, DynamicScalingInSuspended: true, DynamicScalingOutSuspended: true });
}

/** What was not said before is not suspended: a state that is left out stays as it is. A service that no longer scales is left alone. */
export async function restoreScaling(context: Context, before: SuspendedState): Promise<void> {
  if ((await suspendedScaling(context)) === undefined) return;
  await setSuspended(context, { DynamicScalingInSuspended: false, DynamicScalingOutSuspended: false, ...before });
}

async function setSuspended({ clients, target }: Context, state: SuspendedState): Promise<void> {
  const { scalableResourceId: ResourceId } = target;
  const SuspendedState = state as AwsSuspendedState;
  await clients.autoscaling.send(new RegisterScalableTargetCommand({ ...dimension, ResourceId, SuspendedState }));
}
