import type { Environment } from '@nightshift/config';
import type { Occurrence } from '@nightshift/windows';

/** What the change of a stack may take: AWS needs minutes for a load balancer or a NAT gateway. */
const CHANGE_MINUTES = 15;

/**
 * The processing window that is open at `now`, or into which an act would reach that begins then (R14.2).
 * @param minutes how long the act takes.
 */
export async function windowAhead(
  { processingWindows }: Pick<Environment, 'processingWindows'>,
  now: Date,
  minutes = CHANGE_MINUTES,
): Promise<Occurrence | undefined> {
  if (processingWindows.length === 0) return undefined;
  // Most environments have none, and need not wait for what knows time zones.
  const { conflict } = await import('@nightshift/windows');
  return conflict(processingWindows, now, minutes);
}
