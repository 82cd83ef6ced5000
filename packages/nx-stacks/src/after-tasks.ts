import type { PostTasksExecutionContext } from '@nx/devkit';
import { join } from 'node:path';
import { takeExitCode } from './exit-code-file';
import { ephemeralSuffix } from './ephemeral-suffix';
import { isReleaseVerb } from './release-verbs';
import { readRunFile } from './run-file';
import { stackVerbs, type StackVerb } from './stack-verbs';
import { forgetStop } from './stop-request';
import { summary } from './summary';

type Result = PostTasksExecutionContext['taskResults'][string];

/** A run of one stack has said all there is to say. */
const FEWEST_STACKS = 2;

const results = { success: 'succeeded', failure: 'failed', stopped: 'interrupted' } as const;

/** Taken while this file is loaded: after Ctrl-C Nx makes `write` do nothing. */
const terminal = {
  write: process.stdout.write.bind(process.stdout),
  exit: process.exit.bind(process),
  env: process.env,
};

/** What Nx calls when no task runs any more: prints what a run of several stacks did. */
export function afterTasks(
  _options: unknown,
  context: PostTasksExecutionContext,
  { write, exit, env } = terminal,
): void {
  const all = Object.values(context.taskResults);
  const stacks = all.filter(({ task }) => Object.hasOwn(stackVerbs, task.target.target));
  if (stacks.length > 0) forgetStop(context.id);
  for (const [verb, { summarized }] of Object.entries<StackVerb>(stackVerbs)) {
    const ran = stacks.filter(({ task }) => task.target.target === verb);
    if (summarized && ran.length >= FEWEST_STACKS) write(`\n${summaryOf(verb, ran, context, env)}`);
  }
  const releaseCode = all.some(({ task }) => isReleaseVerb(task.target.target)) ? takeExitCode(context.id) : undefined;
  if (releaseCode) {
    exit(releaseCode);
    return;
  }
  // Where a failure kept others from being run, Nx itself exits as if it had been interrupted.
  if (all.some(({ status }) => status === 'failure') && all.every(({ status }) => status !== 'stopped')) exit(1);
}

function summaryOf(
  verb: string,
  ran: readonly Result[],
  { id, workspaceRoot, startTime, endTime }: PostTasksExecutionContext,
  env: NodeJS.ProcessEnv,
): string {
  const [first] = ran;
  const suffix = ephemeralSuffix(env) ?? String(first?.task.target.configuration);
  return summary({
    verb,
    environment: suffix,
    milliseconds: endTime - startTime,
    rows: ran.map(({ task, status }) => ({
      stack: task.target.project,
      result: results[status as keyof typeof results],
      run: readRunFile(join(workspaceRoot, 'cdktf.out', suffix, 'stacks', task.target.project, 'run.json'), {
        runId: id,
        verb,
      }),
    })),
  });
}
