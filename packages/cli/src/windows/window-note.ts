import type { Environment } from '@nightshift/config';
import type { Occurrence } from '@nightshift/windows';
import type { PlannedChange } from '../plan/planned-change';
import { disturbingChanges } from './disturbing-changes';

export interface WindowNote {
  /** What a person is told. */
  readonly text: string;
  /** What a program is told. */
  readonly json: object;
}

/** Which processing window is open or comes next, and what a deploy inside it would refuse (R14.2). */
export async function windowNote(
  { processingWindows }: Pick<Environment, 'processingWindows'>,
  changes: readonly PlannedChange[],
  now: Date,
): Promise<WindowNote | undefined> {
  if (processingWindows.length === 0) return undefined;
  const { describeOccurrence, nextOccurrence } = await import('@nightshift/windows');
  // Each opens once a week at least.
  const occurrence = nextOccurrence(processingWindows, now) as Occurrence;
  const disturbing = disturbingChanges(changes).map(({ address }) => address);
  const refused =
    disturbing.length === 0
      ? 'nothing of this plan disturbs it'
      : `inside it, deploy refuses ${disturbing.join(', ')} without --during-window`;
  const { window, opens, closes } = occurrence;
  return {
    text: `processing ${describeOccurrence(occurrence, now)}; ${refused}`,
    json: { name: window.name, opens, closes, open: opens <= now, disturbing },
  };
}
