import { UserError } from '@nightshift/errors';
import type { ReleaseRecord } from '@nightshift/release';
import type { WatchOptions } from '../start/release-options';
import type { Releases } from '../on-releases';
import { viewFor } from '../views/view-for';
import { newestDeployment } from './newest-deployment';
import { reportEnd } from './report-end';
import { windowNotices } from '../windows/window-notices';
import { watchToEnd, type Watched } from './watch-to-end';

/** `release watch`: shows the newest release to its end, or says how it ended; the exit code is that of its end either way. */
export async function watchNewest(options: WatchOptions, releases: Releases): Promise<void> {
  const { context, engine, effects, environment } = releases;
  const { json = false, onInterrupt, summary } = options;
  const note = () => {
    effects.stderr.write('another command is starting it: waiting for the deployment\n');
  };
  const newest = await newestDeployment(releases, note);
  if (newest.kind !== 'running') {
    await reportEnd({ ...releases, watched: recorded(newest.record, releases), json, summary });
    return;
  }
  const { deploymentId, record } = newest;
  const notices = await windowNotices(environment);
  const view = viewFor({ suffix: environment.suffix, kind: record.kind, notices }, effects, json);
  const begin = () => Promise.resolve(deploymentId);
  const watched = await watchToEnd({ context, engine, effects, view, onInterrupt, begin });
  await reportEnd({ ...releases, watched, json, summary });
}

/** How a release ended, by its record. */
function recorded(record: ReleaseRecord | undefined, { environment, verb }: Releases): Watched {
  const { outcome, cause = 'its record does not say why', deploymentId = 'unknown' } = record ?? {};
  if (outcome === 'succeeded' || outcome === 'stopped')
    return { deploymentId, end: { kind: outcome }, snapshot: undefined };
  if (outcome === 'rolled-back' || outcome === 'rollback-failed') {
    return { deploymentId, end: { kind: outcome, cause }, snapshot: undefined };
  }
  throw new UserError({
    where: `nightshift ${verb}`,
    what: record
      ? 'the newest release did not come to a deployment, so that nothing was changed'
      : `nothing has been released in ${environment.suffix} yet`,
    ...(record && { got: cause }),
    todo: `start a release: npx nightshift release -c ${environment.name}`,
  });
}
