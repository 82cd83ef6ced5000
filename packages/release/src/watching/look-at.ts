import type { Observation } from '../observing/observation';
import { Observer } from '../observing/observer';
import { snapshotOf } from '../observing/snapshot-of';
import { deploymentSettings } from '../planning/deployment-settings';
import { releaseTiming } from '../planning/release-timing';
import type { ReleaseContext } from '../release-context';
import type { Snapshot } from '../snapshot';
import { endOf } from './end-of';

/** One look at a deployment. */
export interface Look {
  readonly observation: Observation;
  readonly snapshot: Snapshot;
  readonly end: ReturnType<typeof endOf>;
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
