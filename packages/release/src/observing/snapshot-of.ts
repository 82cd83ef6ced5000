import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { Given } from '../given';
import type { ReleaseTiming } from '../planning/release-timing';
import type { GateView, Snapshot } from '../snapshot';
import type { ReleaseTarget } from '../target';
import { lifecycleOf } from './lifecycle-of';
import type { Observation } from './observation';
import { phaseOf } from './phase-of';
import { progressOf } from './progress-of';
import { stoppedTasksOf } from './stopped-tasks-of';
import { taskSetsOf } from './task-sets-of';
import { verdictOf } from './verdict-of';

export interface SnapshotInput {
  readonly target: ReleaseTarget;
  readonly timing: ReleaseTiming;
  /** AWS's seconds in one. */
  readonly timeScale: number;
}

/** What a person wants to know of an observation. */
export function snapshotOf(observation: Observation, { target, timing, timeScale }: SnapshotInput): Snapshot {
  const { time, deployment, rollback } = observation;
  const { deploymentId, status, createTime: startedAt = time } = deployment;
  const lifecycle = lifecycleOf(observation.target);
  const taskSets = taskSetsOf(observation);
  const blue = observation.service.taskSets?.find(
    ({ id }) => id === taskSets.find(({ label }) => label === 'blue')?.id,
  );
  const phase = phaseOf({
    status: String(status),
    rollbackStatus: rollback?.status,
    lifecycle,
    blueDraining: blue === undefined || blue.status === 'DRAINING',
  });
  const seen = {
    time,
    deploymentId: String(deploymentId),
    startedAt,
    phase,
    status: String(status),
    lifecycle,
    taskSets,
    progress: progressOf({
      now: time,
      startedAt,
      lifecycle,
      shiftedPercent: taskSets.find(({ label }) => label === 'green')?.trafficPercent ?? 0,
      timing,
      timeScale,
      rollbackStartedAt: rollback?.createTime,
      endedAt: phase === 'ended' ? (rollback ?? deployment).completeTime : undefined,
    }),
    alarms: observation.alarms.map((alarm) => gateOf(alarm as GivenAlarm, observation)),
    events: eventsOf(observation, startedAt),
    stoppedTasks: stoppedTasksOf(observation, target),
  };
  return { ...seen, ...verdictOf(seen, timing, timeScale) };
}

type GivenAlarm = Given<MetricAlarm, 'AlarmName' | 'StateValue' | 'Threshold' | 'ComparisonOperator'>;

function gateOf(alarm: GivenAlarm, { latest }: Observation): GateView {
  const { AlarmName: name, StateValue: state, StateReason: reason } = alarm;
  const { value, unit } = latest.get(name) ?? {};
  return {
    name,
    state,
    ...(value !== undefined && { latest: value }),
    ...(unit !== undefined && { unit }),
    threshold: alarm.Threshold,
    comparison: alarm.ComparisonOperator,
    ...(reason !== undefined && { reason }),
  };
}

function eventsOf({ service }: Observation, since: Date): Snapshot['events'] {
  const events = (service.events ?? []) as { readonly createdAt: Date; readonly message: string }[];
  return events
    .filter(({ createdAt }) => createdAt >= since)
    .map(({ createdAt: time, message: text }) => ({ time, text }))
    .sort((one, other) => Number(one.time) - Number(other.time));
}
