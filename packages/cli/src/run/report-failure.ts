import { describeProblem, UserError } from '@nightshift/errors';
import type { Effects } from '../effects';
import { ExitCode } from '../exit-code';
import { printError } from '../print-error';
import { duration } from '../progress/duration';
import { countsLine } from './counts-line';
import { asUserError } from '../system-error';
import type { RunFile } from './run-file';

/** Prints why a run did not end well and what it had done until then. Gives the exit code. */
export function reportFailure(
  failure: unknown,
  run: RunFile,
  effects: Pick<Effects, 'stderr' | 'readableTrace'>,
): ExitCode {
  const { stderr } = effects;
  const exitCode = printError(failure, effects);
  const done =
    run.add + run.change + run.remove === 0 ? 'nothing was changed' : `${countsLine(run, 'done')} before that`;
  const at = run.endpoint === undefined ? '' : `; AWS calls went to ${run.endpoint}`;
  stderr.write(
    `${stderr.colours.bold(run.stack)}: ${run.status} after ${duration(run.seconds * 1000)}, ${done}${at}\n`,
  );
  return run.status === 'interrupted' && exitCode === ExitCode.userMustAct ? ExitCode.interrupted : exitCode;
}

/** One sentence a problem. */
export function problemsOf(thrown: unknown): readonly string[] {
  const failure = asUserError(thrown);
  return failure instanceof UserError ? failure.problems.map(describeProblem) : [String(failure)];
}
