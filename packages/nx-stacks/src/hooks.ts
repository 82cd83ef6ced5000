import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { requestedSuffix } from '@nightshift/config/names';
import { ExitCode, UserError } from '@nightshift/errors';
import type { PostTasksExecutionContext, PreTasksExecutionContext } from '@nx/devkit';
import { LiveView } from './live-view';
import { checkRun, confirmRun, requestedRun, type RequestedRun } from './requested-run';
import { announceStop, forgetStop, type Host, takeExitCode, terminalPath } from './stop';
import { readRunFile, readStackNames, summary, type SummaryRow } from './summary';
import { DAY, isStackVerb, type StackVerb, stackVerbs } from './targets';

const HOUR_MILLISECONDS = 3_600_000;

/** After Ctrl-C, the user can choose to continue watching a release. */
const RELEASE_HOURS = 24;

/**
 * Nx calls this before it runs any task. It checks and prepares runs of stacks, and ignores other runs.
 * @throws {UserError} when the environment is missing or unknown, or an argument cannot be passed on.
 */
export function beforeTasks(
  _options: unknown,
  context: PreTasksExecutionContext,
  host: Host & Pick<NodeJS.Process, 'env' | 'pid' | 'stdin' | 'stderr' | 'exit'> = process,
  now = () => new Date(),
  terminal = terminalPath,
  confirm = confirmRun,
  startServer = startCommandServer,
): void {
  const run = requestedRun(context.argv.slice(2));
  if (!run.concernsStacks) return;
  const { env, stdin, stdout, stderr } = host;
  const atTerminal = stdout.isTTY && stdin.isTTY && !env['CI'];
  // A release has its own view.
  const view = atTerminal && !run.releases ? new LiveView(context.id, stdout) : undefined;
  // Nx colours its own lines wherever CI is set, and asks tasks for colours even when its output goes to a file.
  const noColours = (env['FORCE_COLOR'] ?? '0') === '0';
  for (const stream of [stdout, stderr])
    filterOutput(stream, noColours && !stream.isTTY, stream.isTTY ? view : undefined);
  if (!stdout.isTTY) env['FORCE_COLOR'] ??= '0';
  const problem = checkRun(run, context.workspaceRoot, env);
  if (problem) throw withoutStack(new UserError(problem));
  env['NIGHTSHIFT_RUN_ID'] = context.id;
  // The provider host of the run ends with this process.
  env['NIGHTSHIFT_RUN_PROCESS'] = String(host.pid);
  // `nightshift start` deploys to the local cloud, where a replacement loses nothing.
  if (run.asks && !env['NIGHTSHIFT_START']) {
    const refusal = confirm(run.asks, run, context.workspaceRoot, atTerminal);
    if (refusal === 'interrupted') {
      host.exit(ExitCode.interrupted);
      return;
    }
    if (refusal) throw withoutStack(new UserError(refusal));
    env['NIGHTSHIFT_CONFIRMED'] = context.id;
  }
  if (run.targets.some(isStackVerb))
    env['NIGHTSHIFT_COMMAND_SERVER'] = startServer(
      context.workspaceRoot,
      String(run.targets.find(isStackVerb)),
      host.pid,
    );
  env[DAY] = now().toISOString().slice(0, 'yyyy-mm-dd'.length);
  // Tasks must not have their own terminals: Nx would send Ctrl-C to only one of them.
  env['NX_NATIVE_COMMAND_RUNNER'] ??= 'false';
  // Terraform stops after its current AWS calls; Nx would end all tasks after 5 seconds.
  env['NX_PROCESS_KILL_GRACE_PERIOD'] ??= String(HOUR_MILLISECONDS * (run.releases ? RELEASE_HOURS : 1));
  if (view) {
    view.start();
    views.set(context.id, view);
    env['NIGHTSHIFT_LIVE'] = view.directory;
    env['NIGHTSHIFT_COLUMNS'] = String(stdout.columns);
  }
  if (!run.releases) announceStop(context.id, host);
  // A release draws and asks at the terminal, without Nx in between.
  else if (atTerminal) env['NIGHTSHIFT_TERMINAL'] = terminal() ?? '';
}

/**
 * Starts the process that runs the commands of all stacks, while Nx still schedules the tasks. It must not descend from Nx, as
 * `bin/stack-task.mjs` explains, so the shell that starts it leaves at once.
 * @returns the socket on which it listens.
 */
export function startCommandServer(root: string, verb: string, owner: number, shell = 'sh'): string {
  const socket = join(mkdtempSync(join(tmpdir(), 'nightshift-')), 'commands');
  const program = join(root, 'packages', 'cli', 'bin', 'command-server.mjs');
  const detached = '"$@" </dev/null >/dev/null 2>&1 &';
  spawn(shell, ['-c', detached, 'sh', process.execPath, program, socket, String(owner), verb], {
    detached: true,
    stdio: 'ignore',
  })
    // Without a server each task starts a process.
    .on('error', () => undefined)
    .unref();
  return socket;
}

/** The views of runs, by their id. */
const views = new Map<string, LiveView>();

function filterOutput(stream: NodeJS.WriteStream, plain: boolean, view: LiveView | undefined): void {
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean;
  stream.write = (chunk: unknown, ...rest: unknown[]) => {
    if (typeof chunk !== 'string') return write(chunk, ...rest);
    const text = withoutHints(chunk);
    const shown = plain ? stripVTControlCharacters(text) : text;
    return write(view ? view.print(shown) : shown, ...rest);
  };
}

const hints = [
  /^ {2}Run duration: /,
  /^Nx read the output from the cache /,
  /^Warning: command "node packages\/.*" exited with non-zero status code$/,
];

/** Removes tips of Nx about its speed and cache, and the commands of tasks, which users do not run. Nx writes each as one chunk. */
function withoutHints(text: string): string {
  const plain = stripVTControlCharacters(text);
  if (hints.some((hint) => hint.test(plain))) return '';
  return /^> node packages\/.*\r?\n\r?\n/.test(plain) ? text.replace(/^.*\r?\n\r?\n/, '') : text;
}

/** Without a stack trace, Nx does not offer to show one. */
function withoutStack(error: UserError): UserError {
  error.stack = '';
  return error;
}

type Result = PostTasksExecutionContext['taskResults'][string];

/** A run of one stack needs no summary, unless Ctrl-C ended its own output: Nx then prints nothing. */
const FEWEST_STACKS = 2;

const results = { success: 'succeeded', failure: 'failed', stopped: 'interrupted' } as const;

/** Saved when this file is loaded: after Ctrl-C, Nx disables `write`. */
const terminal = {
  write: process.stdout.write.bind(process.stdout),
  exit: process.exit.bind(process),
  env: process.env,
};

/** Nx calls this after the last task. It ends the live view and prints the summary of a run of several stacks. */
export function afterTasks(
  _options: unknown,
  context: PostTasksExecutionContext,
  { write, exit, env } = terminal,
): void {
  views.get(context.id)?.end();
  views.delete(context.id);
  const all = Object.values(context.taskResults);
  const stacks = all.filter(({ task }) => Object.hasOwn(stackVerbs, task.target.target));
  if (stacks.length > 0) forgetStop(context.id);
  for (const [verb, { summarized }] of Object.entries<StackVerb>(stackVerbs)) {
    const ran = stacks.filter(({ task }) => task.target.target === verb);
    if (!summarized || ran.length === 0) continue;
    const rows = rowsOf(verb, ran, context, env);
    const milliseconds = context.endTime - context.startTime;
    if (rows.length >= FEWEST_STACKS || rows.some(({ result }) => result === results.stopped))
      write(`\n${summary({ verb, environment: suffixOf(ran, env), milliseconds, rows })}`);
  }
  const code = takeExitCode(context.id);
  if (code && code !== CHANGES_PRESENT) {
    exit(code);
    return;
  }
  // If a failure skips other tasks, Nx exits as after an interruption.
  if (all.some(({ status }) => status === 'failure') && all.every(({ status }) => status !== 'stopped')) exit(1);
  else if (code) exit(code);
}

/** The exit code of `drift` and `plan --detailed-exitcode` with changes; the task has not failed. */
const CHANGES_PRESENT = 2;

function suffixOf([first]: readonly Result[], env: NodeJS.ProcessEnv): string {
  return requestedSuffix(env) ?? String(first?.task.target.configuration);
}

function rowsOf(
  verb: string,
  ran: readonly Result[],
  { id, workspaceRoot, argv }: PostTasksExecutionContext,
  env: NodeJS.ProcessEnv,
): SummaryRow[] {
  const outdir = join(workspaceRoot, 'cdktf.out', suffixOf(ran, env));
  const rows = ran.map(({ task: { target }, status }) => {
    const directory = join(outdir, 'stacks', target.project);
    const prepared = readRunFile(join(directory, 'prepare.json'), { runId: id, verb: 'prepare' });
    return {
      stack: target.project,
      result: results[status as keyof typeof results],
      run: readRunFile(join(directory, verb === 'drift' ? 'drift.json' : 'run.json'), { runId: id, verb }),
      prepared: verb === 'deploy' ? prepared?.add : undefined,
    };
  });
  const started = rows.map(({ stack }) => stack);
  const waiting = requestedStacks(requestedRun(argv.slice(2)), outdir).filter((stack) => !started.includes(stack));
  return [...rows, ...waiting.map((stack) => ({ stack, result: 'not started' }))];
}

/** The stacks of a run, or all, since Nx does not report tasks that it did not start. None for a pattern. */
function requestedStacks({ projects, arguments: args }: RequestedRun, outdir: string): string[] {
  if (!projects && args.some((argument) => /^(?:affected$|-p|--projects|--exclude)/.test(argument))) return [];
  return readStackNames(outdir).filter((stack) => projects?.includes(stack) ?? true);
}
