import { awsError } from '@nightshift/aws-access';
import { everydayCommands, UserError } from '@nightshift/errors';
import type { ReleaseRecord, Resumed, Snapshot, Verification } from '@nightshift/release';
import {
  deploymentSentence,
  releaseSentence,
  type ReleaseView,
  viewFor,
  type WatchedEnd,
  listenForInterrupts,
  type OnInterrupt,
  windowNotices,
} from '@nightshift/release-view';
import type { Releases } from './on-releases';
import type { WatchOptions } from './release-options';
import { reportEnd, type Watched } from './report-end';

/** `release watch`: shows the newest release until it ends, or its end if it has ended; exits with the exit code of the release. */
export async function watchNewest(options: WatchOptions, releases: Releases): Promise<void> {
  const { context, engine, effects } = releases;
  const { json = false, summary } = options;
  const note = () => {
    effects.stderr.write('another command is starting the release; waiting for the deployment\n');
  };
  const newest = await newestDeployment(releases, note);
  if (newest.kind !== 'running') {
    const other = await engine.otherDeployment(context);
    if (other) return await watchDeployment(other.deploymentId, undefined, options, releases);
    await reportEnd({ ...releases, watched: recorded(newest.record, releases), json, summary });
    return;
  }
  await watchDeployment(newest.deploymentId, newest.record?.kind, options, releases);
}

/** Shows a deployment of any client until it ends; it may have ended. @param kind undefined: another client started it. */
export async function watchDeployment(
  deploymentId: string,
  kind: ReleaseRecord['kind'] | undefined,
  { json = false, onInterrupt, summary }: WatchOptions,
  releases: Releases,
): Promise<void> {
  const { environment, effects } = releases;
  const notices = await windowNotices(environment);
  const view = viewFor({ suffix: environment.suffix, kind: kind ?? 'release', notices }, effects, json);
  const begin = () => Promise.resolve(deploymentId);
  await watchToEnd({ ...releases, view, onInterrupt, begin, json, summary });
}

/** The end of a release, by its record. */
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

interface WatchProps extends Pick<Releases, 'verb' | 'environment' | 'context' | 'engine' | 'effects'> {
  readonly view: ReleaseView;
  readonly onInterrupt: OnInterrupt | undefined;
  /** Starts the deployment. Signals are handled before it starts, so that none is lost. */
  readonly begin: () => Promise<string>;
  readonly json: boolean;
  readonly summary: string | undefined;
}

/** Watches a deployment and its rollback until the end, or until the user detaches, and reports the end. */
export async function watchToEnd(props: WatchProps): Promise<void> {
  const { context, engine, effects, view, onInterrupt } = props;
  let snapshot: Snapshot | undefined;
  const begun = props.begin();
  const stop = async () => {
    try {
      await engine.stopRelease(context, await begun);
    } catch (error) {
      // The command that started it reports why it did not start.
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
  const watch = async (): Promise<Watched> => {
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
  };
  try {
    const watched = await watch().finally(() => {
      interrupts.ignore();
      view.end();
    });
    await reportEnd({ ...props, watched });
  } finally {
    interrupts.dispose();
  }
}

/** Reports the notes of a watch. */
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

/** The newest deployment of any client. */
function lastDeployment(
  record: ReleaseRecord | undefined,
  other: Awaited<ReturnType<Releases['engine']['otherDeployment']>>,
): string | undefined {
  if (other) return deploymentSentence(other);
  return record && `${releaseSentence(record)}: ${String(record.outcome)}`;
}

/** @throws {UserError} if no release is in progress. */
export async function runningDeployment(
  releases: Pick<Releases, 'context' | 'engine' | 'environment' | 'verb'>,
  onWait: () => void,
): Promise<Extract<Resumed, { readonly kind: 'running' }>> {
  const resumed = await newestDeployment(releases, onWait);
  if (resumed.kind === 'running') return resumed;
  const newest = lastDeployment(resumed.record, await releases.engine.otherDeployment(releases.context));
  throw new UserError({
    where: `nightshift ${releases.verb}`,
    what: `no release of ${releases.environment.suffix} in progress${newest === undefined ? '' : `; the last one was ${newest}`}`,
    todo: `see the state of the service: ${everydayCommands(releases.environment).nightshift('release status')}`,
  });
}
