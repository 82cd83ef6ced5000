import { describeProblem, UserError } from '@nightshift/errors';
import { CommanderError } from 'commander';
import { version } from '../package.json';
import type { Effects, StackTraces, Terminal } from './effects';
import { ExitCode } from './exit-code';
import { buildProgram } from './program';
import { problemsOf } from './stack-run/run-file';
import { asUserError } from './system-error';

/** Runs the command. @param argv what follows the command's name. Never rejects. */
export async function main(argv: readonly string[], effects: Effects): Promise<void> {
  try {
    const program = await buildProgram(argv, effects, version);
    await program.parseAsync(argv, { from: 'user' });
  } catch (thrown) {
    // Help or the version was asked for and has been printed.
    if (thrown instanceof CommanderError && thrown.exitCode === 0) return;
    const error = thrown instanceof CommanderError ? usageError(thrown, argv) : thrown;
    const exitCode = printError(error, effects);
    effects.exitWith(exitCode);
    if (argv.includes('--json')) {
      const result = { type: 'result', status: 'failed', problems: problemsOf(error), exitCode };
      effects.stdout.write(`${JSON.stringify(result)}\n`);
    }
  }
}

/** Commander's "error: unknown option '--x'" in our form. */
function usageError({ message }: CommanderError, argv: readonly string[]): UserError {
  const command = ['nightshift', ...argv.slice(0, 1).filter((word) => !word.startsWith('-'))].join(' ');
  return new UserError({
    where: command,
    what: message.replace(/^error: /, '').replace(/\s+/g, ' '),
    todo: `see npx ${command} --help`,
  });
}

/** Prints what went wrong and gives the exit code. What the user can mend comes without a stack trace. */
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
  stderr.write(
    `${red('defect')} nightshift: an error that it should have handled - please report these lines\n${readableTrace(trace)}\n`,
  );
  return ExitCode.defect;
}
