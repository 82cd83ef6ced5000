import { isAnswer } from '../aws-answers';
import type { End } from '../outcome';
import { suspendedScaling } from '../observe/status-problems';
import { runningDeployment } from '../plan/unfinished-deployments';
import type { ReleaseRecord } from '../record';
import type { ReleaseContext } from '../release-context';
import type { Snapshot, StatusProblem } from '../snapshot';
import { serviceScaling } from '../start/service-scaling';
import { ReleaseFinisher } from './release-finisher';
import { releaseTraffic } from './release-traffic';
import { asNoted, type ObservedRelease, releaseObserver, withRecord } from './observe-release';

/** The newest release. */
export type Resumed =
  /** There is none, or it is complete. */
  | { readonly kind: 'nothing'; readonly record?: ReleaseRecord }
  /** Another command is at work on its start. */
  | { readonly kind: 'starting'; readonly record: ReleaseRecord }
  | {
      readonly kind: 'running';
      /** Undefined: another client started it, such as the console or `aws ecs deploy`. */
      readonly record: ReleaseRecord | undefined;
      readonly deploymentId: string;
      readonly snapshot: Snapshot;
    }
  /** It ended while no process watched it. This call has restored auto-scaling and closed the record. */
  | { readonly kind: 'finished'; readonly record: ReleaseRecord; readonly end?: End };

/**
 * Resumes the release in progress, started by any process, or the newest release. If its command was killed, restores auto-scaling and
 * closes the record. Every command on releases calls this first.
 */
export async function resumeRelease(context: ReleaseContext): Promise<Resumed> {
  const newest = await resumeNewest(context);
  if (newest.kind === 'running' || newest.kind === 'starting') return newest;
  return (await releaseOfOthers(context)) ?? newest;
}

/** The remains of a release. */
export type ReleaseRemains =
  | { readonly kind: 'nothing' }
  /** Its auto-scaling is restored and its record closed. */
  | { readonly kind: 'finished'; readonly record: ReleaseRecord }
  /** Its command works on the start, or was killed a moment ago: a later call restores auto-scaling. */
  | { readonly kind: 'starting'; readonly record: ReleaseRecord }
  /** Auto-scaling is suspended although no release is in progress and none has anything to restore. */
  | { readonly kind: 'suspended'; readonly problem: StatusProblem };

/** A message about what releases left behind. @returns undefined if nothing remains. */
export function remainsText(remains: ReleaseRemains): string | undefined {
  switch (remains.kind) {
    case 'nothing':
      return undefined;
    case 'finished':
      return endedUnwatched(remains.record);
    case 'starting':
      return `the ${remains.record.kind} of ${remains.record.startedAt} is starting, with scale-in suspended. If its command was killed, any deploy, plan, doctor or release command that runs a few minutes later restores it.`;
    case 'suspended':
      return `${remains.problem.what} - ${remains.problem.todo}`;
  }
}

export function endedUnwatched({ kind, startedAt, outcome }: ReleaseRecord): string {
  return `the ${kind} of ${startedAt} ended while nobody watched it: ${String(outcome)}. Its record is now closed and auto-scaling is restored.`;
}

/**
 * Restores the auto-scaling and closes the record of a release that ended unwatched. Other commands call this too, so that the next command
 * of any kind restores auto-scaling.
 */
export async function finishEndedRelease(context: ReleaseContext): Promise<ReleaseRemains> {
  const newest = await resumeNewest(context);
  if (newest.kind === 'finished' || newest.kind === 'starting') return { kind: newest.kind, record: newest.record };
  if (newest.kind === 'running') return { kind: 'nothing' };
  const [problem] = suspendedScaling({ scaling: await serviceScaling(context) }, context);
  const isLeft = problem !== undefined && (await runningDeployment(context)) === undefined;
  return isLeft ? { kind: 'suspended', problem } : { kind: 'nothing' };
}

async function releaseOfOthers(context: ReleaseContext): Promise<Resumed | undefined> {
  const deployment = await runningDeployment(context);
  if (!deployment) return undefined;
  const deploymentId = String(deployment.deploymentId);
  const { snapshot } = await (await releaseObserver(context, deploymentId))();
  return { kind: 'running', record: undefined, deploymentId, snapshot };
}

async function resumeNewest(context: ReleaseContext): Promise<Resumed> {
  const finisher = await ReleaseFinisher.ofNewest(context);
  if (!finisher) return { kind: 'nothing' };
  const { outcome, deploymentId: noted } = finisher.record;
  // An abandoned start may have a deployment.
  const open = outcome === undefined || (outcome === 'not-started' && noted === undefined);
  const deploymentId = open ? await finisher.deploymentId() : undefined;
  if (deploymentId === undefined) return await withoutDeployment(context, finisher);
  const observe = await releaseObserver(context, deploymentId);
  const seen = await unlessGone(observe);
  if (!seen) {
    await finisher.finish({ deploymentId, gone: true });
    return { kind: 'finished', record: finisher.record };
  }
  const { end: found, observation, snapshot } = seen;
  const end = found && asNoted(found, finisher.record);
  const traffic = end && (await releaseTraffic(context, observation, snapshot));
  await finisher.finish({ deploymentId, ...(end && { ended: { end, observation, snapshot, traffic } }) });
  const { record } = finisher;
  return end
    ? { kind: 'finished', record, end }
    : { kind: 'running', record, deploymentId, snapshot: withRecord(snapshot, record) };
}

async function withoutDeployment(context: ReleaseContext, finisher: ReleaseFinisher): Promise<Resumed> {
  if (finisher.record.outcome !== undefined) return { kind: 'nothing', record: finisher.record };
  const finished = await finisher.finish(undefined);
  // A slow start has noted its deployment in the meantime.
  if (finished === 'watch') return await resumeNewest(context);
  return { kind: finished === 'wait' ? 'starting' : 'finished', record: finisher.record };
}

async function unlessGone(observe: () => Promise<ObservedRelease>): Promise<ObservedRelease | undefined> {
  try {
    return await observe();
  } catch (error) {
    if (isAnswer(error, 'DeploymentDoesNotExistException')) return undefined;
    throw error;
  }
}
