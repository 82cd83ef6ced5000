import { describeProblem, UserError } from '@nightshift/errors';
import type { Terminal } from '@nightshift/console';
import type { StackTraces } from './effects';
import { ExitCode } from './exit-code';
import { asUserError } from '@nightshift/files';

/** Prints an error and returns the exit code. An error that the user can correct has no stack trace. */
export function printError(
  thrown: unknown,
  { stderr, readableTrace }: Pick<Terminal, 'stderr'> & StackTraces,
): ExitCode {
  const { red } = stderr.colours;
  const error = asUserError(thrown);
  if (error instanceof UserError) {
    for (const problem of error.problems) stderr.write(`${red('error')} ${describeProblem(problem)}\n`);
    return ExitCode.userMustAct;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`${red('defect')} nightshift: internal error - please report these lines\n${readableTrace(trace)}\n`);
  return ExitCode.defect;
}
