import { describeProblem, UserError } from '@nightshift/errors';
import type { Effects } from './effects';
import { ExitCode } from './exit-code';
import { asUserError } from './system-error';

/** Prints what went wrong and gives the exit code. What the user can mend comes without a stack trace. */
export function printError(
  thrown: unknown,
  { stderr, readableTrace }: Pick<Effects, 'stderr' | 'readableTrace'>,
): ExitCode {
  const { red } = stderr.colours;
  const error = asUserError(thrown);
  if (error instanceof UserError) {
    for (const problem of error.problems) stderr.write(`${red('error')} ${describeProblem(problem)}\n`);
    return ExitCode.userMustAct;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(
    `${red('defect')} nightshift: an error that it should have handled - please report these lines\n${readableTrace(trace)}\n`,
  );
  return ExitCode.defect;
}
