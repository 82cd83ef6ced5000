import { isPassing } from '../aws-failure';
import type { Observation } from '../observing/observation';
import { Observer } from '../observing/observer';
import { snapshotOf } from '../observing/snapshot-of';
import type { End } from '../outcome';
import { deploymentSettings } from '../planning/deployment-settings';
import { releaseTiming } from '../planning/release-timing';
import type { ReleaseContext } from '../release-context';
import type { Snapshot } from '../snapshot';
import { endOf } from './end-of';
import { ReleaseFinisher } from './release-finisher';

export interface WatchOptions {
  readonly onSnapshot?: (snapshot: Snapshot) => void;
  /** AWS did not answer; the watch goes on. */
  readonly onTrouble?: (error: Error) => void;
  /** Leaves the deployment alone and ends the watch. */
  readonly signal?: AbortSignal;
}

/** One look at a deployment. */
interface Look {
  readonly observation: Observation;
  readonly snapshot: Snapshot;
  readonly end: ReturnType<typeof endOf>;
}

/** AWS's seconds from one look to the next. */
const INTERVAL = 5;
/** Faster than a person can read is of no use to anybody. */
const LEAST_MILLISECONDS = 250;

/**
 * Watches a deployment to its end, its way back included; then auto-scaling is restored and the record closed. A deployment that no
 * release made is watched as well.
 * @returns `detached` when the signal fired, or when CodeDeploy has not ended by the time at which it must have.
 */
export async function watchRelease(
  context: ReleaseContext,
  deploymentId: string,
  options: WatchOptions = {},
): Promise<End> {
  const { signal, onSnapshot, onTrouble } = options;
  const finisher = await finisherFor(context, deploymentId);
  await finisher?.finish({ deploymentId });
  const look = await lookAt(context, deploymentId);
  while (!signal?.aborted) {
    const seen = await unlessPassing(look, onTrouble);
    if (seen) {
      const { end, observation, snapshot } = seen;
      onSnapshot?.(snapshot);
      if (end) {
        await finisher?.finish({ deploymentId, ended: { end, observation, snapshot } });
        return end;
      }
      if (snapshot.time > snapshot.progress.deadline)
        return { kind: 'detached', cause: String(snapshot.verdictReason) };
    }
    await context.clock.sleep(Math.max((INTERVAL * 1000) / context.timeScale, LEAST_MILLISECONDS), signal);
  }
  return { kind: 'detached' };
}

/** Makes what looks at a deployment again and again. */
export async function lookAt(context: ReleaseContext, deploymentId: string): Promise<() => Promise<Look>> {
  const { target, timeScale } = context;
  const settings = await deploymentSettings(context);
  const observer = new Observer(context, settings, deploymentId);
  const timing = releaseTiming(target, settings);
  return async () => {
    const observation = await observer.observe();
    const snapshot = snapshotOf(observation, { target, timing, timeScale });
    return { observation, snapshot, end: endOf(observation, snapshot.taskSets, timeScale) };
  };
}

async function finisherFor(context: ReleaseContext, deploymentId: string): Promise<ReleaseFinisher | undefined> {
  const finisher = await ReleaseFinisher.ofNewest(context);
  return (await finisher?.deploymentId()) === deploymentId ? finisher : undefined;
}

async function unlessPassing(
  look: () => Promise<Look>,
  onTrouble: WatchOptions['onTrouble'],
): Promise<Look | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!isPassing(error)) throw error;
    onTrouble?.(error as Error);
    return undefined;
  }
}
