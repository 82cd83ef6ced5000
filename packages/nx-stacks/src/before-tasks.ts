import type { PreTasksExecutionContext } from '@nx/devkit';
import { stripVTControlCharacters } from 'node:util';
import { UserError } from '@nightshift/errors';
import { checkRun } from './check-run';
import { confirmDestroy } from './confirm-destroy';
import { requestedRun } from './requested-run';
import { DAY } from './synth-target';
import { announceStop, type Host } from './stop-request';
import { terminalPath } from './terminal-path';

const HOUR_MILLISECONDS = 3_600_000;
/** A release goes on being watched after Ctrl-C where that is the answer. */
const RELEASE_HOURS = 24;

/**
 * What Nx calls before it runs any task. A run that concerns stacks is checked and prepared; others are left alone.
 * @throws {UserError} when the environment is not named or unknown, or an argument cannot be passed on.
 */
export function beforeTasks(
  _options: unknown,
  context: PreTasksExecutionContext,
  host: Host & Pick<NodeJS.Process, 'env' | 'stdin' | 'stderr'> = process,
  now = () => new Date(),
  terminal = terminalPath,
  confirm = confirmDestroy,
): void {
  const run = requestedRun(context.argv.slice(2));
  if (!run.concernsStacks) return;
  const { env, stdin, stdout, stderr } = host;
  // Nx colours its own lines wherever CI is set, and asks tasks for colours even when its output goes to a file.
  if ((env['FORCE_COLOR'] ?? '0') === '0') [stdout, stderr].filter(({ isTTY }) => !isTTY).forEach(writePlain);
  if (!stdout.isTTY) env['FORCE_COLOR'] ??= '0';
  const problem = checkRun(run, context.workspaceRoot);
  if (problem) throw withoutStack(new UserError(problem));
  const atTerminal = stdout.isTTY && stdin.isTTY && !env['CI'];
  env['NIGHTSHIFT_RUN_ID'] = context.id;
  if (run.needsConfirmation) {
    const refusal = confirm(run, context.workspaceRoot, atTerminal);
    if (refusal) throw withoutStack(new UserError(refusal));
    env['NIGHTSHIFT_CONFIRMED'] = context.id;
  }
  env[DAY] = now().toISOString().slice(0, 'yyyy-mm-dd'.length);
  // In terminals of their own tasks do not share Ctrl-C: Nx passes the key to one of them, and the others go on.
  env['NX_NATIVE_COMMAND_RUNNER'] ??= 'false';
  // Terraform needs as long as the call to AWS that it is in; Nx would end all after 5 seconds.
  env['NX_PROCESS_KILL_GRACE_PERIOD'] ??= String(HOUR_MILLISECONDS * (run.releases ? RELEASE_HOURS : 1));
  if (!run.releases) announceStop(context.id, host);
  // A release asks there, and draws there: Nx would stand in between.
  else if (atTerminal) env['NIGHTSHIFT_TERMINAL'] = terminal() ?? '';
}

function writePlain(stream: NodeJS.WriteStream): void {
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
  stream.write = (chunk: unknown, ...rest: unknown[]) =>
    write(typeof chunk === 'string' ? stripVTControlCharacters(chunk) : chunk, ...rest);
}

/** Nx offers to show a stack trace when there is one. */
function withoutStack(error: UserError): UserError {
  error.stack = '';
  return error;
}
