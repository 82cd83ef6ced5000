import type { ReleaseContext } from '../release-context';

/** AWS's seconds without a sign of life after which a start is taken for gone: each of its steps takes a few. */
const ABANDONED = 120;

/** A machine that is busy makes nothing faster because AWS's time passes faster. */
const LEAST_MILLISECONDS = 10_000;

/** What was written last before this moment is abandoned, unless it has a deployment. */
export function abandonedBefore({ clock, timeScale }: Pick<ReleaseContext, 'clock' | 'timeScale'>): Date {
  return new Date(clock.now().getTime() - Math.max((ABANDONED * 1000) / timeScale, LEAST_MILLISECONDS));
}
