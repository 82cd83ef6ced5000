import { awsError } from '@nightshift/aws-access';
import type { Time } from '@nightshift/console';
import { everydayCommands, UserError } from '@nightshift/errors';
import type { ReleaseContext, ReleaseRecord, Resumed, Snapshot, Verification } from '@nightshift/release';
import { type ReleaseView, viewFor } from '@nightshift/release-view';
import type { Keyboard, ProcessControl } from '../../effects';
import { listenForInterrupts, type OnInterrupt } from './interrupts';
import type { ReleaseEngine, Releases } from './on-releases';
import type { WatchOptions } from './release-options';
import { windowNotices } from './release-windows';
import { reportEnd, type WatchedEnd, type Watched } from './report-end';

/** `release watch`: shows the newest release to its end, or says how it ended; the exit code is that of its end either way. */
export async function watchNewest(options: WatchOptions, releases: Releases): Promise<void> {
  const { context, engine, effects, environment } = releases;
  const { json = false, onInterrupt, summary } = options;
  const note = () => {
    effects.stderr.write('another command is starting the release; waiting for the deployment\n');
  };
  const newest = await newestDeployment(releases, note);
  if (newest.kind !== 'running') {
    await reportEnd({ ...releases, watched: recorded(newest.record, releases), json, summary });
    return;
  }
  const { deploymentId, record } = newest;
  const notices = await windowNotices(environment);
  const view = viewFor({ suffix: environment.suffix, kind: record?.kind ?? 'release', notices }, effects, json);
  const begin = () => Promise.resolve(deploymentId);
  const watched = await watchToEnd({ context, engine, effects, view, onInterrupt, begin });
  await reportEnd({ ...releases, watched, json, summary });
}

/** How a release ended, by its record. */
function recorded(record: ReleaseRecord | undefined, { environment, verb }: Releases): Watched {
  const { outcome, cause = 'the record has no cause', deploymentId = 'unknown' } = record ?? {};
  if (outcome === 'succeeded' || outcome === 'stopped')
    return { deploymentId, end: { kind: outcome }, snapshot: undefined };
  if (outcome === 'rolled-back' || outcome === 'rollback-failed') {
    return { deploymentId, end: { kind: outcome, cause }, snapshot: undefined };
  }
  throw new UserError({
    where: `nightshift ${verb}`,
    what: record ? 'the newest release did not start; nothing was changed' : `no releases of ${environment.suffix} yet`,
    ...(record && { got: cause }),
    todo: `start a release: ${everydayCommands(environment).nightshift('release')}`,
  });
}

interface WatchProps {
  readonly context: ReleaseContext;
  readonly engine: ReleaseEngine;
  readonly effects: Keyboard & Time & ProcessControl;
  readonly view: ReleaseView;
  readonly onInterrupt: OnInterrupt | undefined;
  /** Starts the deployment. Signals are handled before it starts, so that none is lost. */
  readonly begin: () => Promise<string>;
}

/** Watches a deployment and its rollback until the end, or until the user detaches. */
export async function watchToEnd(props: WatchProps): Promise<Watched> {
  const { context, engine, effects, view, onInterrupt } = props;
  let snapshot: Snapshot | undefined;
  const begun = props.begin();
  const stop = async () => {
    try {
      await engine.stopRelease(context, await begun);
    } catch (error) {
      // Where it did not begin, who began it says why.
      view.note(`could not stop the release: ${messageOf(error)}`);
    }
  };
  const interrupts = listenForInterrupts({
    effects,
    onInterrupt,
    hint: view.hint,
    note: view.note,
    stop: () => void stop(),
  });
  try {
    const deploymentId = await begun;
    const end = await engine.watchRelease(context, deploymentId, {
      signal: interrupts.detached,
      onSnapshot: (seen) => {
        snapshot = seen;
        view.snapshot(seen);
      },
      ...notes(view),
    });
    return { deploymentId, end: end as WatchedEnd, snapshot };
  } finally {
    interrupts.dispose();
    view.end();
  }
}

/** Reports what a watch has to say beside its snapshots. */
export function notes({ note }: Pick<ReleaseView, 'note'>) {
  return {
    onTrouble: (error: Error) => {
      note(`AWS did not respond, retrying: ${messageOf(error)}`);
    },
    onVerification: ({ outcome, text }: Verification) => {
      note(`${verificationWords[outcome]}: ${text}`);
    },
  };
}

const verificationWords = {
  passed: 'tested the new version, traffic may move',
  failed: 'the new version failed its test, stopping the release before any traffic moves',
  'not-verified': 'not verified, traffic moves without a test',
} as const satisfies Record<Verification['outcome'], string>;

function messageOf(error: unknown): string {
  const explained = awsError(error, 'AWS');
  return explained instanceof Error ? explained.message : String(explained);
}

/** Pause while another command starts the release. */
const PATIENCE_MILLISECONDS = 2000;

/** The newest release. Waits while another command starts it. */
async function newestDeployment(
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

/** @throws {UserError} if no release is in progress. */
export async function runningDeployment(
  releases: Pick<Releases, 'context' | 'engine' | 'environment' | 'verb'>,
  onWait: () => void,
): Promise<Extract<Resumed, { readonly kind: 'running' }>> {
  const resumed = await newestDeployment(releases, onWait);
  if (resumed.kind === 'running') return resumed;
  const { record } = resumed;
  throw new UserError({
    where: `nightshift ${releases.verb}`,
    what: `no release of ${releases.environment.suffix} in progress`,
    ...(record && { got: `the ${record.kind} of ${record.startedAt}: ${String(record.outcome)}` }),
    todo: `see the state of the service: ${everydayCommands(releases.environment).nightshift('release status')}`,
  });
}
