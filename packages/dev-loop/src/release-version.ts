import { oneLine } from '@nightshift/console';
import { UserError } from '@nightshift/errors';
import type * as engine from '@nightshift/release';
import type { Phase, ReleaseContext, Snapshot } from '@nightshift/release';

/** The part of the release engine that the loop uses. */
export type LoopEngine = Pick<
  typeof engine,
  'preflight' | 'resumeRelease' | 'startRelease' | 'stopRelease' | 'watchRelease'
>;

interface ReleaseVersionProps {
  readonly engine: LoopEngine;
  readonly context: ReleaseContext;
  /** The tag of an image in the repository. */
  readonly tag: string;
  /** Prints a line. */
  readonly print: (text: string) => void;
  /** Called once, when the new version has all traffic. */
  readonly onTraffic: () => Promise<void>;
  /** The first Ctrl-C: a release whose version does not have all traffic yet is stopped and rolled back. */
  readonly stop: AbortSignal;
  /** The second one: the release continues without being watched. */
  readonly leave: AbortSignal;
}

/** Releases a version and waits for the end. @throws {UserError} with the cause if the version was not released. */
export async function releaseVersion(props: ReleaseVersionProps): Promise<void> {
  const { engine, context, tag, print, onTraffic, stop, leave } = props;
  await engine.resumeRelease(context);
  const { problems, plan } = await engine.preflight(context, { kind: 'release', image: tag });
  if (!plan) throw new UserError(...(problems as [(typeof problems)[number]]));
  if (stop.aborted) return;
  const deploymentId = await engine.startRelease(context, plan);
  print(`releasing ${tag} as ${deploymentId}`);
  let phase: Phase | undefined;
  let answered: Promise<void> | undefined;
  const rollBack = () => {
    if (answered) {
      print(`${tag} has all traffic: waiting for the end of its release; Ctrl-C again leaves it in progress`);
      return;
    }
    print(`stopping the release of ${tag}; Ctrl-C again leaves it in progress`);
    // It may have ended in the meantime, which the watch reports.
    engine.stopRelease(context, deploymentId).catch(() => undefined);
  };
  if (stop.aborted) rollBack();
  else stop.addEventListener('abort', rollBack);
  const onSnapshot = (snapshot: Snapshot) => {
    if (snapshot.phase !== phase && !quiet.includes(snapshot.phase)) print(`${tag}: ${snapshot.phase}`);
    ({ phase } = snapshot);
    if (withTraffic.includes(phase) && !stop.aborted) answered ??= onTraffic();
  };
  const end = await engine.watchRelease(context, deploymentId, { signal: leave, onSnapshot }).finally(() => {
    stop.removeEventListener('abort', rollBack);
  });
  if (end.kind === 'succeeded') answered ??= onTraffic();
  await answered;
  if (end.kind === 'detached') print(`the release of ${tag} continues: npx nightshift release watch`);
  if (end.kind === 'stopped') print(`the release of ${tag} is stopped; the previous version has all traffic`);
  if (end.kind === 'rolled-back' || end.kind === 'rollback-failed') throw notReleased(tag, end.kind, end.cause);
}

/** All traffic is on the new tasks, and the old ones wait or stop. */
const withTraffic: readonly Phase[] = ['baking', 'terminating'];

/** Phases that other lines already report. */
const quiet: readonly Phase[] = [...withTraffic, 'ended'];

function notReleased(tag: string, kind: 'rolled-back' | 'rollback-failed', cause: string): UserError {
  const what =
    kind === 'rolled-back'
      ? 'the release failed and was rolled back'
      : 'the release failed, and the rollback failed too';
  const todo =
    kind === 'rolled-back'
      ? 'correct the source: the next change is released again'
      : 'see npx nightshift release status and docs/runbooks/rollback-failed.md';
  return new UserError({ where: tag, what, got: oneLine(cause), todo });
}
