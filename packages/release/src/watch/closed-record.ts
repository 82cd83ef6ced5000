import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { Observation } from '../observe/observation';
import { phaseOfEvent } from '../observe/snapshot-of';
import type { ReleaseRecord } from '../record';
import type { LifecycleEvent, Phase, Snapshot } from '../snapshot';
import type { DeploymentEnd } from './observe-release';

type RecordEvent = ReleaseRecord['events'][number];

/** The record of an ended release, computed from data in AWS, so that every process writes the same record. */
export function closedRecord(
  record: ReleaseRecord,
  end: DeploymentEnd,
  { deployment, rollback, service }: Observation,
  { lifecycle, stoppedTasks, time }: Snapshot,
): ReleaseRecord {
  const endedAt = (rollback?.completeTime ?? deployment.completeTime ?? time).toISOString();
  const green = service.taskSets?.find(({ externalId }) => externalId === deployment.deploymentId);
  const taskDefinition = record.to.taskDefinition ?? green?.taskDefinition;
  const at = (moment: Date | undefined, text: string): RecordEvent[] =>
    moment ? [{ time: moment.toISOString(), text }] : [];
  const events = [
    ...at(deployment.createTime, `deployment ${String(deployment.deploymentId)} created`),
    ...lifecycle.flatMap(({ name, status, startedAt, endedAt: eventEnd, diagnostics }) => [
      ...at(startedAt, `${name} begins`),
      ...at(eventEnd, `${name}: ${status}${diagnostics === undefined ? '' : `: ${diagnostics}`}`),
    ]),
    ...stoppedTasks.flatMap(({ id, version, stoppedAt, reason }) =>
      at(stoppedAt, `task ${id} of ${version} stopped: ${reason}`),
    ),
    ...at(rollback?.createTime, `rollback ${String(rollback?.deploymentId)} created`),
    ...at(rollback?.completeTime, `rollback: ${String(rollback?.status)}`),
    ...at(deployment.completeTime, `deployment: ${String(deployment.status)}`),
  ];
  return {
    ...record,
    endedAt,
    to: { ...record.to, ...(taskDefinition !== undefined && { taskDefinition }) },
    outcome: end.kind,
    cause: 'cause' in end ? end.cause : undefined,
    events: [...record.events, ...events].sort((one, other) => one.time.localeCompare(other.time)),
    durations: phaseDurations({ deployment, rollback, lifecycle }),
    scaling: { ...record.scaling, restored: true },
  };
}

interface DurationsInput {
  readonly deployment: DeploymentInfo;
  readonly rollback: DeploymentInfo | undefined;
  readonly lifecycle: readonly LifecycleEvent[];
}

/** The duration of each phase in seconds, from CodeDeploy's timestamps. It does not depend on the watching process. */
export function phaseDurations({ deployment, rollback, lifecycle }: DurationsInput): ReleaseRecord['durations'] {
  const durations: Partial<Record<Phase, number>> = {};
  const put = (phase: Phase, from: Date | undefined, to: Date | undefined) => {
    if (from && to) durations[phase] = (to.getTime() - from.getTime()) / 1000;
  };
  const spans = new Map<string, { from: Date; to: Date | undefined }>();
  for (const { name, startedAt, endedAt } of lifecycle) {
    const phase = phaseOfEvent[name];
    if (!phase || !startedAt) continue;
    spans.set(phase, { from: spans.get(phase)?.from ?? startedAt, to: endedAt });
  }
  put(
    'created',
    deployment.createTime,
    lifecycle.find(({ startedAt }) => startedAt)?.startedAt ?? deployment.completeTime,
  );
  put('installing', spans.get('installing')?.from, spans.get('installing')?.to);
  put('testing', spans.get('testing')?.from, spans.get('testing')?.to);
  put('shifting', spans.get('shifting')?.from, spans.get('shifting')?.to);
  if (deployment.status === 'Succeeded') put('baking', spans.get('shifting')?.to, deployment.completeTime);
  put('rolling-back', rollback?.createTime, rollback?.completeTime);
  return durations;
}

/** The record of a release without a deployment. */
export function notStartedRecord(record: ReleaseRecord, now: Date, cause: string): ReleaseRecord {
  return {
    ...record,
    endedAt: now.toISOString(),
    outcome: 'not-started',
    cause,
    scaling: { ...record.scaling, ...(record.scaling.noted && { restored: true }) },
  };
}

/** Reopens a record because the release has a deployment. */
export function reopenedRecord(record: ReleaseRecord, deploymentId: string): ReleaseRecord {
  const { suspendedBefore, noted } = record.scaling;
  const scaling = { noted, suspendedBefore };
  return { ...record, scaling, deploymentId, endedAt: undefined, outcome: undefined, cause: undefined };
}
