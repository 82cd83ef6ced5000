import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessVariables } from '@nightshift/aws-access';
import type { Terminal } from '@nightshift/console';
import { describeProblem, ExitCode, InterruptedError, UserError } from '@nightshift/errors';
import { asUserError } from '@nightshift/files';
import type { StackTraces } from './effects';

/** An error of the machine or of the environment stops every stack of an Nx run, so it is explained once. */
const REPEATED = 'failed for the same reason as another stack of this run';

/**
 * Prints an error and returns the exit code. An error that the user can correct has no stack trace.
 * @param stack the stack of this process. Its name does not make a problem another one. @default - none
 */
export function printError(
  thrown: unknown,
  { stderr, readableTrace, env }: Pick<Terminal, 'stderr'> & StackTraces & Pick<ProcessVariables, 'env'>,
  stack?: string,
): ExitCode {
  const { red } = stderr.colours;
  if (thrown instanceof InterruptedError) {
    stderr.write(`${thrown.message}\n`);
    return ExitCode.interrupted;
  }
  const error = asUserError(thrown);
  if (error instanceof UserError) {
    for (const problem of error.problems) {
      const text = describeProblem(problem);
      const key = problem.where === stack ? text.slice(stack.length) : text;
      const isFirst = isFirstNotice(key, env['NIGHTSHIFT_RUN_ID']);
      stderr.write(`${red('error')} ${isFirst ? text : `${problem.where}: ${REPEATED}`}\n`);
    }
    return ExitCode.userMustAct;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  stderr.write(`${red('defect')} nightshift: internal error - please report these lines\n${readableTrace(trace)}\n`);
  return ExitCode.defect;
}

/** The variable that `nightshift start` sets for the runs of Nx below it. It has shown the notices about this machine. */
export const BELOW_START = 'NIGHTSHIFT_START';

/**
 * Whether this process is the first of an Nx run to print a notice about the machine: Nx starts a process for every stack, some in
 * parallel. Nx's hook after the run (`nx-stacks`) removes the directory.
 * @param runId of Nx. @default - there is no other process
 */
export function isFirstNotice(text: string, runId: string | undefined): boolean {
  if (!runId) return true;
  const directory = join(tmpdir(), `nightshift-notices-${runId}`);
  const name = createHash('sha256').update(text).digest('hex');
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, name), '', { flag: 'wx' });
    return true;
  } catch (error) {
    // Without write access, each process prints it.
    return (error as NodeJS.ErrnoException).code !== 'EEXIST';
  }
}
