import type { Environment } from '@nightshift/config';
import type { Snapshot } from '@nightshift/release';
import { about } from '../text/about';

/** Told of when it is open or opens within so many hours. */
const HOURS_AHEAD = 12;
const HOUR_MILLISECONDS = 3_600_000;

export type Notices = (now: Date, snapshot?: Snapshot) => readonly string[];

/** What operators must know of processing windows while a release goes on: when one opens, and how long the release still needs (R14.2). */
export async function windowNotices({ processingWindows }: Pick<Environment, 'processingWindows'>): Promise<Notices> {
  if (processingWindows.length === 0) return () => [];
  const { describeOccurrence, nextOccurrence } = await import('@nightshift/windows');
  return (now, snapshot) => {
    const next = nextOccurrence(processingWindows, now);
    if (!next || Number(next.opens) - Number(now) > HOURS_AHEAD * HOUR_MILLISECONDS) return [];
    const left = snapshot && snapshot.phase !== 'ended' ? Number(snapshot.progress.expectedEnd) - Number(now) : 0;
    return [`${describeOccurrence(next, now)}${left > 0 ? `: this release needs ${about(left)} more` : ''}`];
  };
}
