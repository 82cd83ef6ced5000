import { logLineText } from '@nightshift/console';
import type { ReleaseTiming } from '../plan/deployment-settings';
import type { LifecycleEvent, ReleaseProgress, ReleaseVerdict, Snapshot, StoppedTask, TaskSetView } from '../snapshot';
import { awsCommand, type ReleaseTarget } from '../target';

interface ProgressInput {
  readonly now: Date;
  readonly startedAt: Date;
  readonly lifecycle: readonly LifecycleEvent[];
  readonly shiftedPercent: number;
  readonly timing: ReleaseTiming;
  /** Seconds of AWS time per second. */
  readonly timeScale: number;
  /** Start of the rollback; undefined without one. */
  readonly rollbackStartedAt: Date | undefined;
  /** End of the deployment; undefined while it is in progress. */
  readonly endedAt: Date | undefined;
}

/** AWS's seconds for a rollback: the old tasks are still running, so that CodeDeploy only switches the listeners. */
const WAY_BACK = 60;

/** The progress of a release and its expected times, from the settings of the deployment and the times of its events. */
export function progressOf(input: ProgressInput): ReleaseProgress {
  const { lifecycle, startedAt, timing, timeScale, shiftedPercent } = input;
  const later = (from: Date, seconds: number) => new Date(from.getTime() + (seconds * 1000) / timeScale);
  const event = (name: string) => lifecycle.find((one) => one.name === name);
  const shiftStarted = event('AllowTraffic')?.startedAt;
  const shiftEnded = event('AfterAllowTraffic')?.endedAt ?? event('AllowTraffic')?.endedAt;
  const shiftEnds = shiftEnded ?? (shiftStarted && later(shiftStarted, timing.shift));
  const terminationEnds = shiftEnded && later(shiftEnded, timing.termination);
  const installed = latest(later(startedAt, timing.install), input.now);
  const forward = later(shiftEnds ?? later(installed, timing.shift), timing.termination);
  const back = input.rollbackStartedAt && later(input.rollbackStartedAt, WAY_BACK);
  return {
    shiftedPercent,
    expectedEnd: input.endedAt ?? back ?? forward,
    ...(shiftEnds && { shiftEnds }),
    ...(terminationEnds && { terminationEnds }),
    deadline: later(startedAt, timing.limit),
  };
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}

export type VerdictInput = Pick<
  Snapshot,
  'time' | 'startedAt' | 'phase' | 'taskSets' | 'progress' | 'stoppedTasks' | 'events'
>;

/** The target of a release and its time scale. */
export interface VerdictContext {
  readonly target: ReleaseTarget;
  readonly timing: ReleaseTiming;
  /** Seconds of AWS time per second. */
  readonly timeScale: number;
}

interface Verdict {
  readonly verdict: ReleaseVerdict;
  readonly verdictReason?: string;
}

/** After the deadline. */
export const PAST_DEADLINE = 'CodeDeploy should have ended by now';

/** Messages of ECS: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html */
const HOPELESS = /is unable to consistently start tasks successfully/;

const NO_CAPACITY = /was unable to place a task|Capacity is unavailable at this time/;

const QUOTA_REQUEST =
  'service-quotas request-service-quota-increase --service-code fargate --quota-code <code> --desired-value <vCPUs>';

/** The reason why ECS places no task, and the fix. An exceeded quota needs a quota increase. */
const PLACEMENT_FAILURES = [
  {
    verdict: 'stuck',
    pattern: /reached the limit on the number of vCPUs/,
    todo: ({ environment, commands }: ReleaseTarget) =>
      `the Fargate vCPU quota of the account is used up (L-3032A538 on demand, L-36FBB829 Spot): see which one and what it needs (${commands.nightshift('doctor')}), then request more: ${awsCommand(environment, QUOTA_REQUEST)}`,
  },
  {
    verdict: 'slow',
    pattern: /Capacity is unavailable|RESOURCE:\w+/,
    todo: () =>
      'AWS has no Fargate capacity of this kind at the moment, and ECS keeps trying: wait, or change the shares in service.capacity and release again',
  },
] as const;

/** Failures per desired task after which further attempts are expected to fail. */
const FAILURES_A_TASK = 2;

/** AWS's seconds that a change of listener or task set may take longer than planned. */
const LENIENCE = 120;

/**
 * Decides between slow and stuck. Slow: only later than usual. Stuck: cannot succeed any more, because tasks fail repeatedly, traffic does
 * not move or old tasks do not stop.
 */
export function verdictOf(input: VerdictInput, { target, timing, timeScale }: VerdictContext): Verdict {
  const { phase, time, progress } = input;
  const late = (due: Date | undefined) => (due ? ((time.getTime() - due.getTime()) * timeScale) / 1000 : 0);
  if (phase === 'ended') return { verdict: 'on-time' };
  if (late(progress.deadline) > 0) return stuck(PAST_DEADLINE);
  switch (phase) {
    case 'created':
    case 'installing':
    case 'testing':
      return beforeShift(input, late(input.startedAt) - timing.install, target);
    case 'shifting':
      return late(progress.shiftEnds) > LENIENCE
        ? stuck(`the traffic shift should be complete by now, at ${String(progress.shiftedPercent)} %`)
        : withFailures(input);
    case 'baking':
    case 'terminating':
      return late(progress.terminationEnds) > LENIENCE
        ? stuck('the old tasks should have stopped by now')
        : withFailures(input);
    case 'rolling-back':
      return late(progress.expectedEnd) > LENIENCE
        ? stuck('the rollback should have ended by now')
        : { verdict: 'on-time' };
  }
}

function beforeShift(input: VerdictInput, lateSeconds: number, target: ReleaseTarget): Verdict {
  const green = input.taskSets.find(({ label }) => label === 'green');
  const hopeless = input.events.findLast(({ text }) => HOPELESS.test(text) || NO_CAPACITY.test(text));
  if (green && green.failed >= Math.max(1, green.desired) * FAILURES_A_TASK) return stuck(failures(green, input));
  // Once all tasks are placed, earlier placement failures are resolved.
  const unplaced = !green || green.running + green.pending < green.desired;
  const placement = unplaced ? placementFailure(input, target) : undefined;
  if (placement?.verdict === 'stuck') return placement;
  if (hopeless && HOPELESS.test(hopeless.text)) return stuck(hopeless.text);
  if (hopeless) return placement ?? slow(hopeless.text);
  const { verdict, verdictReason } = withFailures(input);
  if (verdict === 'slow') return slow(String(verdictReason));
  if (lateSeconds <= 0) return { verdict: 'on-time' };
  if (green && green.healthy >= green.desired)
    return slow('traffic usually moves by this time; all new tasks are healthy');
  const state = green
    ? `${String(green.healthy)} of ${String(green.desired)} new tasks are healthy`
    : 'there are no new tasks yet';
  return slow(`new tasks are usually healthy by this time; ${state}`);
}

function placementFailure({ events }: VerdictInput, target: ReleaseTarget): Verdict | undefined {
  for (const { verdict, pattern, todo } of PLACEMENT_FAILURES) {
    const event = events.findLast(({ text }) => pattern.test(text));
    if (event) return { verdict, verdictReason: `${event.text} - ${todo(target)}` };
  }
  return undefined;
}

/** ECS replaces single failed tasks (R5.4). */
function withFailures(input: VerdictInput): Verdict {
  const green = input.taskSets.find(({ label }) => label === 'green');
  return green && green.failed > 0 && green.healthy < green.desired
    ? slow(failures(green, input))
    : { verdict: 'on-time' };
}

function failures({ failed, version }: TaskSetView, { stoppedTasks }: VerdictInput): string {
  const last = stoppedTasks.findLast((task) => task.version === version);
  const counted = `${String(failed)} new ${failed === 1 ? 'task has' : 'tasks have'} failed`;
  if (!last) return counted;
  const code = last.exitCode === undefined ? '' : ` (exit code ${String(last.exitCode)})`;
  return `${counted}, the last one: ${last.reason}${code}${lastLogLine(last)}`;
}

/** The last log line of the task, as the end of a sentence. */
export function lastLogLine({ logLines }: Pick<StoppedTask, 'logLines'>): string {
  const line = logLines.at(-1);
  return line === undefined ? '' : `; its last log line: ${logLineText(line)}`;
}

function slow(verdictReason: string): Verdict {
  return { verdict: 'slow', verdictReason };
}

function stuck(verdictReason: string): Verdict {
  return { verdict: 'stuck', verdictReason };
}
