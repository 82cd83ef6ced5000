import { UserError } from '@nightshift/errors';
import { recordOverride } from '../../windows/record-override';
import { windowAhead } from '../../windows/window-ahead';
import type { Releases } from '../on-releases';

/** The old tasks are gone in less. */
const PROMOTE_MINUTES = 5;

/**
 * With the old tasks goes the quick way back: not while a processing window is open or near, unless there is a reason, which is kept (R14.2).
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
    what: `processing ${describeOccurrence(occurrence, now)}, and with the old tasks goes the quick way back`,
    todo: 'do it after the window, or go on with --during-window "<reason>"',
  });
}
