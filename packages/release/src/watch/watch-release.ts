import { UserError } from '@nightshift/errors';
import { isAboutAws, isPassing } from '../aws-answers';
import { stopUnlessOver } from '../control-release';
import { PAST_DEADLINE } from '../observe/progress-of';
import type { End } from '../outcome';
import { awsPause, type ReleaseContext } from '../release-context';
import type { Verification } from '../record';
import type { Phase, Snapshot } from '../snapshot';
import { phaseDurations } from './closed-record';
import { asNoted, type ObservedRelease, releaseObserver, withRecord } from './observe-release';
import { ReleaseFinisher } from './release-finisher';
import { releaseTraffic } from './release-traffic';
import { verifyRelease } from './verify-release';

export interface WatchOptions {
  readonly onSnapshot?: (snapshot: Snapshot) => void;
  /** Called if AWS does not respond; the watch continues. */
  readonly onTrouble?: (error: Error) => void;
  /** Ends the watch without changing the deployment. */
  readonly signal?: AbortSignal;
  /**
   * Stops a release whose new tasks fail again and again, before any traffic has moved; CodeDeploy would try for an hour.
   * @default true
   */
  readonly stopWhenStuck?: boolean;
  /** Called after the test of the new version, before any traffic moves. */
  readonly onVerification?: (verification: Verification) => void;
  /**
   * Ends the watch as soon as traffic moves: from then on, the release needs no watching process.
   * @default false
   */
  readonly untilTrafficMoves?: boolean;
}

/** Phases in which all traffic is on the old tasks. */
const BEFORE_TRAFFIC: readonly Phase[] = ['created', 'installing', 'testing'];

/** AWS's seconds after which a stuck release is stopped. */
const STUCK = 300;

/** AWS's seconds between two observations. */
const INTERVAL = 5;

/**
 * Watches a deployment and its rollback until the end, then restores auto-scaling and closes the record. Also watches deployments of other
 * clients.
 * @returns `detached` when the signal has fired, or when CodeDeploy has not ended in time.
 */
export async function watchRelease(
  context: ReleaseContext,
  deploymentId: string,
  options: WatchOptions = {},
): Promise<End> {
  const { signal, onSnapshot, onTrouble, onVerification, stopWhenStuck = true, untilTrafficMoves = false } = options;
  const finisher = await finisherFor(context, deploymentId);
  await finisher?.finish({ deploymentId });
  const observe = await releaseObserver(context, deploymentId);
  let phase: Phase | undefined;
  let since: Date | undefined;
  let wasStopped = false;
  while (!signal?.aborted) {
    const seen = await unlessTroubled(observe, onTrouble);
    if (seen) {
      const { observation, snapshot } = seen;
      const end = seen.end && asNoted(seen.end, finisher?.record);
      onSnapshot?.(withRecord(snapshot, finisher?.record));
      if (end) {
        await finishing(context, end, async () => {
          const traffic = await releaseTraffic(context, observation, snapshot);
          await finisher?.finish({ deploymentId, ended: { end, observation, snapshot, traffic } });
        });
        return end;
      }
      if (snapshot.phase !== phase) await noteProgress(finisher, seen, onTrouble);
      phase = snapshot.phase;
      if (untilTrafficMoves && !BEFORE_TRAFFIC.includes(phase)) return { kind: 'detached' };
      if (finisher && observation.deployment.status === 'Ready') {
        const verification = await unlessTroubled(() => verifyRelease(context, finisher, deploymentId), onTrouble);
        if (verification) onVerification?.(verification);
      }
      since = isStuck(snapshot) ? (since ?? snapshot.time) : undefined;
      const stuckFor = since ? ((snapshot.time.getTime() - since.getTime()) * context.timeScale) / 1000 : 0;
      if (finisher && stopWhenStuck && stuckFor > STUCK && !wasStopped) {
        await stopStuckRelease(context, finisher, snapshot);
        wasStopped = true;
      }
      if (snapshot.time > snapshot.progress.deadline) {
        return { kind: 'detached', cause: PAST_DEADLINE };
      }
    }
    await awsPause(context, INTERVAL, signal);
  }
  return { kind: 'detached' };
}

/** Stopping it is safe: no traffic has moved. */
function isStuck({ phase, verdict }: Snapshot): boolean {
  return verdict === 'stuck' && (phase === 'installing' || phase === 'testing');
}

/** Writes the cause before it stops the release, so that every process can read that this tool stopped it. */
async function stopStuckRelease(context: ReleaseContext, finisher: ReleaseFinisher, snapshot: Snapshot): Promise<void> {
  await finisher.noteCause(`stopped because it was stuck: ${String(snapshot.verdictReason)}`);
  await stopUnlessOver(context, snapshot.deploymentId);
}

async function noteProgress(
  finisher: ReleaseFinisher | undefined,
  { observation: { deployment, rollback }, snapshot: { lifecycle } }: ObservedRelease,
  onTrouble: WatchOptions['onTrouble'],
): Promise<void> {
  try {
    await finisher?.noteDurations(phaseDurations({ deployment, rollback, lifecycle }));
  } catch (error) {
    if (!isAboutAws(error)) throw error;
    onTrouble?.(error);
  }
}

/** Reports how the release ended even if a later step fails. */
async function finishing({ target }: ReleaseContext, { kind }: End, finish: () => Promise<unknown>): Promise<void> {
  try {
    await finish();
  } catch (error) {
    if (!isAboutAws(error)) throw error;
    throw new UserError({
      where: `releases of ${target.suffix}`,
      what: `the release has ended (${kind}), but auto-scaling was not restored or the record was not closed`,
      got: error.message,
      todo: `finish it: ${target.commands.nightshift('release status')}`,
    });
  }
}

async function finisherFor(context: ReleaseContext, deploymentId: string): Promise<ReleaseFinisher | undefined> {
  const finisher = await ReleaseFinisher.ofNewest(context);
  return (await finisher?.deploymentId()) === deploymentId ? finisher : undefined;
}

async function unlessTroubled<Result>(
  act: () => Promise<Result>,
  onTrouble: WatchOptions['onTrouble'],
): Promise<Result | undefined> {
  try {
    return await act();
  } catch (error) {
    if (!isPassing(error)) throw error;
    onTrouble?.(error as Error);
    return undefined;
  }
}
