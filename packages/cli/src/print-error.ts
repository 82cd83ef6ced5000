import { describeProblem, UserError } from '@nightshift/errors';
import { CommanderError } from 'commander';
import type { Effects } from './effects';
import { ExitCode } from './exit-code';

/** Prints what went wrong and gives the exit code. What the user can mend comes without a stack trace. */
export function printError(error: unknown, { stderr }: Pick<Effects, 'stderr'>): ExitCode {
  const { red } = stderr.colours;
  if (error instanceof CommanderError) {
    // Help or the version was asked for and has been printed.
    if (error.exitCode === 0) return ExitCode.done;
    stderr.write(`${red('error')} ${usageProblem(error)}\n`);
    return ExitCode.userMustAct;
  }
  if (error instanceof UserError) {
    for (const problem of error.problems) stderr.write(`${red('error')} ${describeProblem(problem)}\n`);
    return ExitCode.userMustAct;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(
    `${red('defect')} nightshift: an error that it should have handled - please report it with these lines\n${trace}\n`,
  );
  return ExitCode.defect;
}

/** Commander's "error: unknown option '--x'" in our form. */
function usageProblem({ message }: CommanderError): string {
  return describeProblem({
    where: 'nightshift',
    what: message.replace(/^error: /, '').replace(/\s+/g, ' '),
    todo: 'see npx nightshift --help, or npx nightshift <verb> --help',
  });
}
