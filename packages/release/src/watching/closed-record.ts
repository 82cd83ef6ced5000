import type { Observation } from '../observing/observation';
import type { ReleaseRecord } from '../record';
import type { Snapshot } from '../snapshot';
import type { DeploymentEnd } from './end-of';
import { phaseDurations } from './phase-durations';

type Happening = ReleaseRecord['events'][number];

/** The record of a release that has ended: compiled of what AWS knows, so that it is the same whoever saw it through. */
export function closedRecord(
  record: ReleaseRecord,
  end: DeploymentEnd,
  { deployment, rollback, service }: Observation,
  { lifecycle, stoppedTasks, time }: Snapshot,
): ReleaseRecord {
  const endedAt = (rollback?.completeTime ?? deployment.completeTime ?? time).toISOString();
  const green = service.taskSets?.find(({ externalId }) => externalId === deployment.deploymentId);
  const taskDefinition = record.to.taskDefinition ?? green?.taskDefinition;
  const at = (moment: Date | undefined, text: string): Happening[] =>
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
