import type { ECSTarget, LifecycleEvent as AwsEvent } from '@aws-sdk/client-codedeploy';
import type { LifecycleEvent } from '../snapshot';

/** The events of a deployment, in their order. */
export function lifecycleOf(target: Pick<ECSTarget, 'lifecycleEvents'> | undefined): readonly LifecycleEvent[] {
  return (target?.lifecycleEvents ?? []).map(eventOf);
}

function eventOf({ lifecycleEventName, status, startTime, endTime, diagnostics }: AwsEvent): LifecycleEvent {
  return {
    name: String(lifecycleEventName),
    status: String(status),
    ...(startTime && { startedAt: startTime }),
    ...(endTime && { endedAt: endTime }),
    ...(diagnostics?.message !== undefined && { diagnostics: diagnostics.message }),
  };
}
