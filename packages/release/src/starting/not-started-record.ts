import type { ReleaseRecord } from '../record';

/** The record of a release that never came to a deployment. */
export function notStartedRecord(record: ReleaseRecord, now: Date, cause: string): ReleaseRecord {
  return {
    ...record,
    endedAt: now.toISOString(),
    outcome: 'not-started',
    cause,
    scaling: { ...record.scaling, ...(record.scaling.noted && { restored: true }) },
  };
}

/** The record of a release that is known to have a deployment: it goes on, whatever was written before. */
export function reopenedRecord(record: ReleaseRecord, deploymentId: string): ReleaseRecord {
  const { suspendedBefore, noted } = record.scaling;
  const scaling = { noted, suspendedBefore };
  return { ...record, scaling, deploymentId, endedAt: undefined, outcome: undefined, cause: undefined };
}
