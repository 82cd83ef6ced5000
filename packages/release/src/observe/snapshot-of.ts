import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { LifecycleEvent as AwsEvent, ECSTarget } from '@aws-sdk/client-codedeploy';
import type { Given } from '../aws-answers';
import type { GateView, LifecycleEvent, Phase, Snapshot } from '../snapshot';
import type { Observation, ServiceObservation } from './observation';
import { progressOf, type VerdictContext, verdictOf } from './progress-of';
import { stoppedTasksOf } from './task-watcher';
import { taskSetsOf } from './traffic-watcher';

/** The display form of an observation. */
export function snapshotOf(observation: Observation, context: VerdictContext): Snapshot {
  const { target, timing, timeScale } = context;
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
    alarms: gatesOf(observation),
    events: eventsOf(observation, startedAt),
    stoppedTasks: stoppedTasksOf(observation, target),
  };
  return { ...seen, ...verdictOf(seen, context) };
}

/** Its gates, by name. */
export function gatesOf(observation: ServiceObservation): readonly GateView[] {
  return observation.alarms.map((alarm) => gateOf(alarm as GivenAlarm, observation));
}

type GivenAlarm = Given<MetricAlarm, 'AlarmName' | 'StateValue' | 'Threshold' | 'ComparisonOperator'>;

function gateOf(alarm: GivenAlarm, { latest }: ServiceObservation): GateView {
  const { AlarmName: name, StateValue: state, StateReason: reason } = alarm;
  const value = latest.get(name);
  const unit = unitOf(alarm);
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

/**
 * The unit of a metric; alarms have none. An expression has a label with its meaning instead.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
function unitOf({ Unit, MetricName, Metrics = [] }: MetricAlarm): string | undefined {
  if (Metrics.some(({ Label }) => Label?.endsWith('(%)'))) return 'Percent';
  return MetricName === 'TargetResponseTime' ? 'Seconds' : Unit;
}

export function eventsOf({ service }: ServiceObservation, since: Date): Snapshot['events'] {
  const events = (service.events ?? []) as { readonly createdAt: Date; readonly message: string }[];
  return events
    .filter(({ createdAt }) => createdAt >= since)
    .map(({ createdAt: time, message: text }) => ({ time, text }))
    .sort((one, other) => Number(one.time) - Number(other.time));
}

interface PhaseInput {
  /** CodeDeploy's status of the deployment. */
  readonly status: string;
  /** CodeDeploy's status of the rollback deployment. */
  readonly rollbackStatus: string | undefined;
  readonly lifecycle: readonly LifecycleEvent[];
  /** Whether ECS is stopping the old tasks. */
  readonly blueDraining: boolean;
}

const ENDED = ['Succeeded', 'Failed', 'Stopped'];

/** The phase that a lifecycle event belongs to. */
export const phaseOfEvent: Readonly<Record<string, Phase>> = {
  BeforeInstall: 'installing',
  Install: 'installing',
  AfterInstall: 'installing',
  AllowTestTraffic: 'testing',
  AfterAllowTestTraffic: 'testing',
  BeforeAllowTraffic: 'testing',
  AllowTraffic: 'shifting',
  AfterAllowTraffic: 'shifting',
};

/** The phase of a deployment. */
function phaseOf({ status, rollbackStatus, lifecycle, blueDraining }: PhaseInput): Phase {
  if (rollbackStatus !== undefined) return ENDED.includes(rollbackStatus) ? 'ended' : 'rolling-back';
  if (ENDED.includes(status)) return 'ended';
  const current = lifecycle.find((event) => event.status === 'InProgress' || event.status === 'Pending');
  if (current) return phaseOfEvent[current.name] ?? 'created';
  if (lifecycle.length === 0) return 'created';
  return blueDraining ? 'terminating' : 'baking';
}

export function hasEnded(status: string | undefined): boolean {
  return status !== undefined && ENDED.includes(status);
}

/** The events of a deployment, in their order. */
function lifecycleOf(target: Pick<ECSTarget, 'lifecycleEvents'> | undefined): readonly LifecycleEvent[] {
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
