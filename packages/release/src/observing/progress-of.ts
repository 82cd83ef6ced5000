import type { ReleaseTiming } from '../planning/release-timing';
import type { LifecycleEvent, Phase, ReleaseProgress } from '../snapshot';

export interface ProgressInput {
  readonly now: Date;
  readonly startedAt: Date;
  readonly phase: Phase;
  readonly lifecycle: readonly LifecycleEvent[];
  readonly shiftedPercent: number;
  readonly timing: ReleaseTiming;
  /** AWS's seconds in one. */
  readonly timeScale: number;
  /** When CodeDeploy ended, where it has. */
  readonly endedAt: Date | undefined;
}

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
  const expectedEnd = shiftEnds
    ? later(shiftEnds, timing.termination)
    : later(installed, timing.shift + timing.termination);
  return {
    shiftedPercent,
    expectedEnd: input.endedAt ?? (input.phase === 'rolling-back' ? input.now : expectedEnd),
    ...(shiftEnds && { shiftEnds }),
    ...(terminationEnds && { terminationEnds }),
    deadline: later(startedAt, timing.limit),
  };
}

function latest(one: Date, other: Date): Date {
  return one > other ? one : other;
}
