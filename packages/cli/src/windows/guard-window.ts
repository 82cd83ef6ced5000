import { UserError } from '@nightshift/errors';
import type { Occurrence } from '@nightshift/windows';
import type { connectEnvironment } from '../aws/connect-environment';
import type { Effects } from '../effects';
import type { PlannedChange } from '../plan/planned-change';
import type { ChosenStack } from '../stack/chosen-stack';
import { windowAhead } from './window-ahead';
import type { WindowOption } from './window-option';

export interface GuardProps extends WindowOption {
  readonly verb: string;
  readonly stack: ChosenStack;
  readonly effects: Effects;
  /** How AWS is reached. */
  readonly connect: typeof connectEnvironment;
}

/**
 * Looks whether a processing window is open or near; with a reason to go on all the same, keeps that reason and lets it pass.
 * @returns what refuses the act, as a function of the changes that disturb; undefined where nothing is in the way.
 */
export async function guardWindow({
  verb,
  stack,
  effects,
  connect,
  duringWindow: reason,
}: GuardProps): Promise<((changes?: readonly PlannedChange[]) => Promise<UserError>) | undefined> {
  const { environment } = stack;
  const now = effects.now();
  const occurrence = await windowAhead(environment, now);
  if (!occurrence) return undefined;
  if (reason === undefined) return (changes) => refusal(verb, stack, occurrence, now, changes);
  const { recordOverride } = await import('./record-override');
  await recordOverride(await connect(environment, effects), { verb, stack, occurrence, reason, now });
  return undefined;
}

async function refusal(
  verb: string,
  { name }: ChosenStack,
  occurrence: Occurrence,
  now: Date,
  changes?: readonly PlannedChange[],
): Promise<UserError> {
  const { describeOccurrence } = await import('@nightshift/windows');
  return new UserError({
    where: `nightshift ${verb} ${name}`,
    what: `processing ${describeOccurrence(occurrence, now)}, and this would disturb it`,
    got: changes?.map(({ address, constructPath = address, action }) => `${action} of ${constructPath}`).join(', '),
    todo: 'do it after the window, or go on with --during-window "<reason>"',
  });
}
