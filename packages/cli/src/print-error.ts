import type { ProcessVariables } from '@nightshift/aws-access';
import { describeProblem, UserError } from '@nightshift/errors';
import type { Terminal } from '@nightshift/console';
import type { StackTraces } from './effects';
import { isFirstNotice } from './stack-run/first-notice';
import { ExitCode } from './exit-code';
import { asUserError } from '@nightshift/files';

/** An error of the machine or of the environment stops each stack of an Nx run. It is explained once. */
const REPEATED = 'failed for the same reason as another stack of this run';

/** Prints an error and returns the exit code. An error that the user can correct has no stack trace. */
export function printError(
  thrown: unknown,
  { stderr, readableTrace, env }: Pick<Terminal, 'stderr'> & StackTraces & Pick<ProcessVariables, 'env'>,
): ExitCode {
  const { red } = stderr.colours;
  const error = asUserError(thrown);
  if (error instanceof UserError) {
    for (const problem of error.problems) {
      const text = describeProblem(problem);
      const isFirst = isFirstNotice(text, env['NIGHTSHIFT_RUN_ID']);
      stderr.write(`${red('error')} ${isFirst ? text : `${problem.where}: ${REPEATED}`}\n`);
    }
    return ExitCode.userMustAct;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`${red('defect')} nightshift: internal error - please report these lines\n${readableTrace(trace)}\n`);
  return ExitCode.defect;
}
