import type { Environment } from '@nightshift/config';
import { UserError } from '@nightshift/errors';
import type { WindowCheck } from '@nightshift/release';
import { about } from '@nightshift/console';
import type { Notices } from '@nightshift/release-view';
import { recordOverride } from '@nightshift/state-bucket';
import { windowAhead } from '@nightshift/stack-run';
import type { Releases } from './on-releases';

/** Maximum time until the old tasks have stopped. */
const PROMOTE_MINUTES = 5;

/**
 * Refuses `promote` while a processing window is open or near, since it makes a fast rollback impossible. A reason overrides it and is recorded (R14.2).
 * @throws {UserError} when there is none.
 */
export async function guardPromote(
  { verb, environment, context, effects }: Pick<Releases, 'verb' | 'environment' | 'context' | 'effects'>,
  reason: string | undefined,
): Promise<void> {
  const now = effects.now();
  const occurrence = await windowAhead(environment, now, PROMOTE_MINUTES);
  if (!occurrence) return;
  if (reason !== undefined) {
    await recordOverride(context.clients, {
      verb: verb.replace(' ', '-'),
      stack: { name: 'compute', environment },
      occurrence,
      reason,
      now,
    });
    return;
  }
  const { describeOccurrence } = await import('@nightshift/windows');
  throw new UserError({
    where: `nightshift ${verb}`,
    what: `processing ${describeOccurrence(occurrence, now)}, and a fast rollback is not possible without the tasks of the previous version`,
    todo: 'run it after the window, or override the window with --during-window "<reason>"',
  });
}

interface WindowCheckProps {
  readonly environment: Environment;
  readonly now: Date;
  /** Seconds of AWS time per second. */
  readonly timeScale: number;
  /** The reason to overlap a window. @default - not allowed */
  readonly reason: string | undefined;
}

/** Checks that a release ends before the next processing window. A reason overrides the check (R14.2). */
export function windowCheckFor({ environment, now, timeScale, reason }: WindowCheckProps): WindowCheck {
  return async (awsMinutes) => {
    const minutes = Math.ceil(awsMinutes / timeScale);
    const { describeOccurrence, nextOccurrence } = await import('@nightshift/windows');
    const needs = `the release takes about ${String(minutes)} min`;
    const reached = await windowAhead(environment, now, minutes);
    if (!reached) {
      const next = nextOccurrence(environment.processingWindows, now);
      return { mark: 'OK', detail: next ? `${describeOccurrence(next, now)}: ${needs}` : needs };
    }
    const detail = `${describeOccurrence(reached, now)}: ${needs}`;
    if (reason !== undefined) return { mark: 'SKIP', detail: `${detail}; overridden, reason: ${reason}` };
    return {
      mark: 'FAIL',
      detail,
      remedy: 'run it after the window, or override the window with --during-window "<reason>"',
    };
  };
}

/** Windows that open within this time are shown. */
const HOURS_AHEAD = 12;

const HOUR_MILLISECONDS = 3_600_000;

/** Notices during a release: when the next processing window opens, and how long the release still needs (R14.2). */
export async function windowNotices({ processingWindows }: Pick<Environment, 'processingWindows'>): Promise<Notices> {
  if (processingWindows.length === 0) return () => [];
  const { describeOccurrence, nextOccurrence } = await import('@nightshift/windows');
  return (now, snapshot) => {
    const next = nextOccurrence(processingWindows, now);
    if (!next || Number(next.opens) - Number(now) > HOURS_AHEAD * HOUR_MILLISECONDS) return [];
    const left = snapshot && snapshot.phase !== 'ended' ? Number(snapshot.progress.expectedEnd) - Number(now) : 0;
    return [`${describeOccurrence(next, now)}${left > 0 ? `: the release needs ${about(left)} more` : ''}`];
  };
}
