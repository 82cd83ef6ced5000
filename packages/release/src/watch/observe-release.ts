import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import type { Observation } from '../observe/observation';
import { lastLogLine } from '../observe/progress-of';
import { hasEnded } from '../observe/snapshot-of';
import type { End } from '../outcome';
import type { ReleaseRecord } from '../record';
import type { Snapshot, TaskSetView } from '../snapshot';
import { Observer } from '../observe/observer';
import { snapshotOf } from '../observe/snapshot-of';
import { deploymentSettings, releaseTiming } from '../plan/deployment-settings';
import type { ReleaseContext } from '../release-context';

/** AWS's seconds within which a rollback starts. */
const ROLLBACK_BEGINS = 60;

/** Enough digits of an id to distinguish tasks. */
const SHORT_ID = 8;

/** The outcome of a deployment. */
export type DeploymentEnd = Exclude<End, { kind: 'detached' | 'refused' }>;

/** The outcome of a release; undefined while the release or its rollback is in progress. */
export function endOf(
  { deployment, rollback, time }: Pick<Observation, 'deployment' | 'rollback' | 'time'>,
  taskSets: readonly TaskSetView[],
  timeScale: number,
): DeploymentEnd | undefined {
  if (!hasEnded(deployment.status)) return undefined;
  if (deployment.status === 'Succeeded') return { kind: 'succeeded' };
  const cause = causeOf(deployment);
  if (rollback) {
    if (!hasEnded(rollback.status)) return undefined;
    return rollback.status === 'Succeeded'
      ? endAfterRollback(deployment, cause)
      : { kind: 'rollback-failed', cause: `${cause}; rollback: ${causeOf(rollback)}` };
  }
  const blue = taskSets.find(({ label }) => label === 'blue');
  const green = taskSets.find(({ label }) => label === 'green');
  // Nothing needs to be rolled back.
  if (blue?.trafficPercent === 100 && green === undefined) return endAfterRollback(deployment, cause);
  const passed = ((time.getTime() - Number(deployment.completeTime ?? time)) * timeScale) / 1000;
  if (passed < ROLLBACK_BEGINS) return undefined;
  if (blue?.trafficPercent === 100) return endAfterRollback(deployment, cause);
  return { kind: 'rollback-failed', cause: `${cause}; CodeDeploy did not start the rollback` };
}

/** CodeDeploy's cause does not say why tasks stopped; their last log line often does. */
function withLogLine(
  end: DeploymentEnd | undefined,
  { stoppedTasks, taskSets }: Pick<Snapshot, 'stoppedTasks' | 'taskSets'>,
): DeploymentEnd | undefined {
  const blue = taskSets.find(({ label }) => label === 'blue');
  const last = stoppedTasks.findLast(({ version, logLines }) => version !== blue?.version && logLines.length > 0);
  if (!end || !('cause' in end) || !last) return end;
  const text = `task ${last.id.slice(0, SHORT_ID)} of ${last.version} stopped: ${last.reason}${lastLogLine(last)}`;
  return { ...end, cause: `${end.cause}; ${text}` };
}

/** If this tool stopped a stuck release, the release failed. The record contains the cause. */
export function asNoted(end: DeploymentEnd, record: Pick<ReleaseRecord, 'cause'> | undefined): DeploymentEnd {
  return end.kind === 'stopped' && record?.cause !== undefined ? { kind: 'rolled-back', cause: record.cause } : end;
}

/** https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ErrorInformation.html */
const MANUAL_STOP = /manually stopped/;

/** Adds details of the record: the result of the test, and why this tool stopped the deployment, which CodeDeploy reports as a manual stop. */
export function withRecord(
  snapshot: Snapshot,
  record: Pick<ReleaseRecord, 'cause' | 'verification'> | undefined,
): Snapshot {
  const { cause, verification } = record ?? {};
  const reason = verification?.outcome === 'failed' ? 'the test failed' : 'stuck';
  const isOurs = (diagnostics: string | undefined) => cause !== undefined && MANUAL_STOP.test(diagnostics ?? '');
  return {
    ...snapshot,
    ...(verification && { verification: verification.outcome }),
    lifecycle: snapshot.lifecycle.map((event) =>
      isOurs(event.diagnostics) ? { ...event, diagnostics: `stopped by nightshift: ${reason}` } : event,
    ),
  };
}

function endAfterRollback(deployment: DeploymentInfo, cause: string): End & { kind: 'stopped' | 'rolled-back' } {
  return wasStopped(deployment) ? { kind: 'stopped' } : { kind: 'rolled-back', cause };
}

/** Stopped by a person, not by an alarm: https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_ErrorInformation.html */
function wasStopped({ status, errorInformation }: DeploymentInfo): boolean {
  return status === 'Stopped' && (errorInformation?.code ?? 'MANUAL_STOP') === 'MANUAL_STOP';
}

function causeOf({ status, errorInformation }: DeploymentInfo): string {
  const message = errorInformation?.message?.replace(/\s+/g, ' ').replace(/[\s.]+$/, '');
  return message ?? errorInformation?.code ?? `CodeDeploy status ${String(status)}`;
}

/** A deployment at one moment, and whether the release has ended. */
export interface ObservedRelease {
  readonly observation: Observation;
  readonly snapshot: Snapshot;
  readonly end: ReturnType<typeof endOf>;
}

/** @returns a function that observes the deployment each time it is called. */
export async function releaseObserver(
  context: ReleaseContext,
  deploymentId: string,
): Promise<() => Promise<ObservedRelease>> {
  const { target, timeScale } = context;
  const settings = await deploymentSettings(context);
  const observer = new Observer(context, settings);
  const timing = releaseTiming(target, settings);
  return async () => {
    const observation = await observer.observe(deploymentId);
    const snapshot = snapshotOf(observation, { target, timing, timeScale });
    return { observation, snapshot, end: withLogLine(endOf(observation, snapshot.taskSets, timeScale), snapshot) };
  };
}
