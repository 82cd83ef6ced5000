import type { ReleaseTiming } from '../planning/release-timing';
import type { LifecycleEvent, ReleaseProgress } from '../snapshot';

export interface ProgressInput {
  readonly now: Date;
  readonly startedAt: Date;
  readonly lifecycle: readonly LifecycleEvent[];
  readonly shiftedPercent: number;
  readonly timing: ReleaseTiming;
  /** AWS's seconds in one. */
  readonly timeScale: number;
  /** When CodeDeploy began to take it back, where it does. */
  readonly rollbackStartedAt: Date | undefined;
  /** When CodeDeploy ended, where it has. */
  readonly endedAt: Date | undefined;
}

/** AWS's seconds that the way back takes: the old tasks are still there, so that only the listeners are to be switched. */
const WAY_BACK = 60;

/** How far a release is, and when it should be further: computed from the deployment's own settings and the times of its events. */
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
