import { noteLine } from '@nightshift/console/json';
import type { EndedWait } from '@nightshift/release';
import { ExitCode } from '@nightshift/errors';
import type { Releases } from './on-releases';
import type { WatchOptions } from './release-options';
import { guardPromote } from './release-windows';
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

/** The result of a verb with `--detach`. It has succeeded, so it exits with 0. */
function printDetached(deploymentId: string, { verb, environment, effects }: Releases): void {
  const result = { ...releaseEnd({ verb, environment, end: { kind: 'detached' } }), deploymentId };
  effects.stdout.json(releaseResult(verb), { ...result, exitCode: ExitCode.done });
}

function say(text: string, json: boolean, { stdout, now }: Pick<Releases['effects'], 'stdout' | 'now'>): void {
  if (json) stdout.json(noteLine, { type: 'note', time: now(), text });
  else stdout.write(`${text}\n`);
}
