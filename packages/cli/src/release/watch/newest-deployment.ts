import { UserError } from '@nightshift/errors';
import type { Resumed } from '@nightshift/release';
import type { Releases } from '../on-releases';

/** Between two looks at a release that another command is just starting. */
const PATIENCE_MILLISECONDS = 2000;

/** The newest release, once it is known whether there is something of it to see: a start by another command is waited for. */
export async function newestDeployment(
  { context, engine }: Pick<Releases, 'context' | 'engine'>,
  onWait: () => void,
): Promise<Exclude<Resumed, { readonly kind: 'starting' }>> {
  let resumed = await engine.resumeRelease(context);
  if (resumed.kind === 'starting') onWait();
  while (resumed.kind === 'starting') {
    await context.clock.sleep(PATIENCE_MILLISECONDS);
    resumed = await engine.resumeRelease(context);
  }
  return resumed;
}

/** @throws {UserError} when there is nothing going on that a verb could act on. */
export async function runningDeployment(
  releases: Pick<Releases, 'context' | 'engine' | 'environment' | 'verb'>,
  onWait: () => void,
): Promise<Extract<Resumed, { readonly kind: 'running' }>> {
  const resumed = await newestDeployment(releases, onWait);
  if (resumed.kind === 'running') return resumed;
  const { record } = resumed;
  throw new UserError({
    where: `nightshift ${releases.verb}`,
    what: `no release of ${releases.environment.suffix} is under way`,
    ...(record && { got: `the ${record.kind} of ${record.startedAt}: ${String(record.outcome)}` }),
    todo: `see how it ended: npx nightshift release history -c ${releases.environment.name}`,
  });
}
