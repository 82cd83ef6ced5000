import type { Environment } from '@nightshift/config';
import type { WindowCheck } from '@nightshift/release';
import { windowAhead } from '../../windows/window-ahead';

interface WindowCheckProps {
  readonly environment: Environment;
  readonly now: Date;
  /** How many of AWS's seconds pass in one. */
  readonly timeScale: number;
  /** Why it may reach into a window. @default - it may not */
  readonly reason: string | undefined;
}

/** Whether a release may begin now: not if it reached into a processing window, unless there is a reason (R14.2). */
export function windowCheckFor({ environment, now, timeScale, reason }: WindowCheckProps): WindowCheck {
  return async (awsMinutes) => {
    const minutes = Math.ceil(awsMinutes / timeScale);
    const { describeOccurrence, nextOccurrence } = await import('@nightshift/windows');
    const needs = `this needs about ${String(minutes)} min`;
    const reached = await windowAhead(environment, now, minutes);
    if (!reached) {
      const next = nextOccurrence(environment.processingWindows, now);
      return { mark: 'OK', detail: next ? `${describeOccurrence(next, now)}: ${needs}` : needs };
    }
    const detail = `${describeOccurrence(reached, now)}: ${needs}`;
    if (reason !== undefined) return { mark: 'SKIP', detail: `${detail}, and goes on because: ${reason}` };
    return { mark: 'NG', detail, remedy: 'do it after the window, or go on with --during-window "<reason>"' };
  };
}
