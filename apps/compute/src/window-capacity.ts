import {
  AppautoscalingScheduledAction,
  type AppautoscalingScheduledActionConfig,
} from '@cdktf/provider-aws/lib/appautoscaling-scheduled-action';
import type { Environment } from '@nightshift/config';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import { windowSchedule } from './window-schedule';

export interface WindowCapacityProps extends Pick<Environment, 'scaling' | 'processingWindows'> {
  readonly scalable: Pick<AppautoscalingScheduledActionConfig, 'resourceId' | 'serviceNamespace' | 'scalableDimension'>;
}

/** Scheduled actions that start tasks before a processing window opens, and restore the bounds after it closes (R14.3). */
export class WindowCapacity extends Construct {
  constructor(scope: Construct, id: string, { scalable, scaling, processingWindows }: WindowCapacityProps) {
    super(scope, id);
    const { names } = PlatformStack.of(this);
    let last: AppautoscalingScheduledAction | undefined;
    for (const { name, timeZone: timezone, capacity, ...times } of processingWindows) {
      if (!capacity) continue;
      const { minimum, maximum = scaling.maximum, leadMinutes } = capacity;
      const { open, close } = windowSchedule(times, leadMinutes);
      for (const [what, schedule, bounds] of [
        ['open', open, { minimum, maximum }],
        ['close', close, scaling],
      ] as const) {
        last = new AppautoscalingScheduledAction(this, `${name}-${what}`, {
          ...scalable,
          name: names.of('scheduled-action', `${name}-${what}`),
          schedule,
          timezone,
          scalableTargetAction: { minCapacity: String(bounds.minimum), maxCapacity: String(bounds.maximum) },
          // Two simultaneous changes of one target cause a ConcurrentUpdateException.
          ...(last && { dependsOn: [last] }),
        });
      }
    }
  }
}
