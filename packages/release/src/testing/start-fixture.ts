import { planFor } from './plan-fixture';
import type { ReleaseRecord } from '../record';
import { startRelease } from '../start/start-release';
import type { FakePlatform } from './fake-platform';
import { START } from './record-fixture';

/** Key of the record of the started release. */
export const KEY = `test/releases/${START}-r1.json`;

/**
 * Starts a release of image 1.4.2.
 * @param atStep changes the platform before a step.
 */
export async function start(
  platform: FakePlatform,
  atStep: (step: string) => void = () => undefined,
  duringWindow?: string,
) {
  const plan = await planFor(platform.context, { kind: 'release', image: '1.4.2', duringWindow });
  const steps: string[] = [];
  const onStep = (step: string) => {
    steps.push(step);
    atStep(step);
  };
  const started = await startRelease(platform.context, plan, { onStep }).then(
    (deploymentId) => ({ deploymentId, failure: undefined }),
    (error: unknown) => ({ deploymentId: undefined, failure: (error as Error).message }),
  );
  return { ...started, steps, record: platform.bucket.value(KEY) as ReleaseRecord | null };
}
