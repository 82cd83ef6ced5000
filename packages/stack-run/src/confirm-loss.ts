import type { Keyboard } from '@nightshift/console';
import { UserError } from '@nightshift/errors';

interface Loss {
  /** The command, such as `nightshift destroy`. */
  readonly where: string;
  readonly suffix: string;
  /** Such as `This destroys 118 resources of prod.` */
  readonly text: string;
  /** The result if the user does not confirm. */
  readonly kept: string;
}

/** Standard output of `--json` has only JSON, so no question. @throws {UserError} without a terminal, or with `--json`. */
export function requireAnswer(where: string, { interactive }: Pick<Keyboard, 'interactive'>, json = false): void {
  if (interactive && !json) return;
  const reason = json ? '--json prints no question' : 'there is no terminal';
  throw new UserError({ where, what: `confirmation required, but ${reason}`, todo: 'add --yes' });
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
