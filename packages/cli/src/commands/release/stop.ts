import { noteLine } from '@nightshift/console/json';
import type { EndedWait } from '@nightshift/release';
import { ExitCode, UserError } from '@nightshift/errors';
import { windowInTheWay } from '@nightshift/stack-run';
import type { Releases } from './on-releases';
import type { WatchOptions } from './release-options';
import { releaseEnd, releaseResult } from './report-end';
import { runningDeployment, watchDeployment } from './watch';

export interface StopOptions extends WatchOptions {
  /** Does not wait for the end. */
  readonly detach?: boolean;
  /** The reason to stop the old tasks in a processing window. Only for `promote`. */
  readonly duringWindow?: string;
}

/** `release stop`: returns all traffic to the previous version, and watches the rollback. */
export async function stopNewest(options: StopOptions, releases: Releases): Promise<void> {
  const { context, engine, effects } = releases;
  const { json = false, detach = false } = options;
  const { deploymentId, record } = await runningDeployment(releases, () => undefined);
  await engine.stopRelease(context, deploymentId);
  say(`${deploymentId} is stopping: all traffic returns to the previous version`, json, effects);
  if (!detach) await watchDeployment(deploymentId, record?.kind, options, releases);
  else if (json) printDetached(deploymentId, releases);
}

const promoted = {
  READY_WAIT: 'waits no longer for a test: traffic moves now',
  TERMINATION_WAIT: 'ends its termination wait: the tasks of the previous version stop now',
} as const satisfies Record<EndedWait, string>;

/** `release promote`: ends the termination wait, and watches. */
export async function promoteNewest(options: StopOptions, releases: Releases): Promise<void> {
  const { context, engine, effects } = releases;
  const { json = false, detach = false, duringWindow } = options;
  const { deploymentId, record } = await runningDeployment(releases, () => undefined);
  await guardPromote(releases, duringWindow);
  const wait = await engine.promoteRelease(context, deploymentId);
  say(`${deploymentId} ${promoted[wait]}`, json, effects);
  if (!detach) await watchDeployment(deploymentId, record?.kind, options, releases);
  else if (json) printDetached(deploymentId, releases);
}

/** Maximum time until the old tasks have stopped. */
const PROMOTE_MINUTES = 5;

/**
 * Refuses `promote` while a processing window is open or near, since it makes a fast rollback impossible. A reason overrides it and is recorded (R14.2).
 * @throws {UserError} when there is none.
 */
export async function guardPromote(
  { verb, environment, context, effects }: Pick<Releases, 'verb' | 'environment' | 'context' | 'effects'>,
  reason?: string,
): Promise<void> {
  const now = effects.now();
  const occurrence = await windowInTheWay({
    verb: verb.replace(' ', '-'),
    stack: { name: 'compute', environment },
    reason,
    now,
    minutes: PROMOTE_MINUTES,
    connect: () => Promise.resolve(context.clients),
  });
  if (!occurrence) return;
  const { describeOccurrence } = await import('@nightshift/windows');
  throw new UserError({
    where: `nightshift ${verb}`,
    what: `processing ${describeOccurrence(occurrence, now)}, and a fast rollback is not possible without the tasks of the previous version`,
    todo: 'run it after the window, or override the window with --during-window "<reason>"',
  });
}

/** The result of a verb with `--detach`. It has succeeded, so it exits with 0. */
function printDetached(deploymentId: string, { verb, environment, effects }: Releases): void {
  const result = { ...releaseEnd({ verb, environment, end: { kind: 'detached' } }), deploymentId };
  effects.stdout.json(releaseResult(verb), { ...result, exitCode: ExitCode.done });
}

function say(text: string, json: boolean, { stdout, now }: Pick<Releases['effects'], 'stdout' | 'now'>): void {
  if (json) stdout.json(noteLine, { type: 'note', time: now(), text });
  else stdout.write(`${text}\n`);
}
