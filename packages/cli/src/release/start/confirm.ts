import { UserError } from '@nightshift/errors';
import { versionName, type ReleasePlan } from '@nightshift/release';
import type { Effects } from '../../effects';

/** @throws {UserError} unless the name of the environment is typed. */
export async function confirm({ kind, to, target }: ReleasePlan, { ask }: Pick<Effects, 'ask'>): Promise<void> {
  const { suffix } = target;
  const answer = await ask(`This replaces what runs in ${suffix} by ${versionName(to)}. Type ${suffix} to go on: `);
  if (answer.trim() === suffix) return;
  throw new UserError({
    where: `nightshift ${kind}`,
    what: 'not confirmed, nothing was changed',
    got: answer.trim(),
    todo: `type ${suffix}, or add --yes`,
  });
}
