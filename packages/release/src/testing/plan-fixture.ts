import { planRelease, type ReleasePlan } from '../plan/plan-release';
import { ReleaseState, type ReleaseRequest } from '../plan/release-state';
import type { ReleaseContext } from '../release-context';

/** The plan for a request. @default - a release of image 1.4.2 */
export async function planFor(
  context: Pick<ReleaseContext, 'clients' | 'target'>,
  request: ReleaseRequest = { kind: 'release', image: '1.4.2' },
): Promise<ReleasePlan> {
  return await planRelease(new ReleaseState(context, request));
}
