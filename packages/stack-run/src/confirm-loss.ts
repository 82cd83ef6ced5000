import type { Keyboard } from '@nightshift/console';
import { UserError } from '@nightshift/errors';

interface Loss {
  /** The command, such as `nightshift destroy`. */
  readonly where: string;
  readonly suffix: string;
  /** Such as `This destroys 118 resources of prod.` */
  readonly text: string;
  /** What did not happen if the user does not confirm. */
  readonly kept: string;
}

/** Asks for the name of the environment before something is lost. @throws {UserError} if the answer differs. */
export async function confirmLoss({ where, suffix, text, kept }: Loss, { ask }: Pick<Keyboard, 'ask'>): Promise<void> {
  const answer = (await ask(`${text} Type ${suffix} to continue: `)).trim();
  if (answer === suffix) return;
  throw new UserError({
    where,
    what: `not confirmed; ${kept}`,
    ...(answer !== '' && { got: answer }),
    todo: `type ${suffix}, or add --yes`,
  });
}

export interface YesOption {
  readonly yes?: boolean;
}
