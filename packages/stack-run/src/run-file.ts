import { join } from 'node:path';
import type { ProcessVariables } from '@nightshift/aws-access';
import { duration, type Terminal } from '@nightshift/console';
import { describeProblem, ExitCode, InterruptedError, UserError } from '@nightshift/errors';
import { asUserError, readOptionalFile, writeFileAtomically } from '@nightshift/files';
import type { TerraformEvent } from '@nightshift/terraform';
import { type Immutable, timeText } from '@nightshift/console/json';
import { z } from 'zod';
import type { ChosenStack } from './chosen-stack';
import type { StackTraces } from './effects';
import { releaseNeeds } from './pending-release';
import { printError } from './print-error';

const count = z.number().describe('Number of resources.');

const counts = z.object({
  add: z.number().describe('Number of resources. A replaced one counts in `add` and in `remove`, as Terraform counts.'),
  change: count,
  remove: count,
  replace: count,
});

export type Counts = Immutable<z.output<typeof counts>>;

const lastApply = z.object({ since: timeText, by: z.string().describe('ARN of the caller.') });

export type LastApply = Immutable<z.output<typeof lastApply>>;

const runStatus = z.enum(['succeeded', 'failed', 'interrupted']);

export type RunStatus = z.output<typeof runStatus>;

export const runFile = z.object({
  runId: z.string().describe('The same for all stacks of one Nx run (`NIGHTSHIFT_RUN_ID`).'),
  verb: z.string(),
  stack: z.string(),
  environment: z.string().describe('Name of the file in `environments/`.'),
  suffix: z.string().describe('Suffix of the resource names; differs from `environment` for a profile.'),
  status: runStatus,
  ...counts.shape,
  seconds: z.number(),
  startedAt: timeText,
  problems: z.array(z.string()).describe('Why `status` is not `succeeded`: one sentence each. Empty otherwise.'),
  endpoint: z
    .string()
    .optional()
    .describe(
      'Where calls went, such as `http://127.0.0.1:45660 (AWS_ENDPOINT_URL)`. Absent for AWS and the local cloud.',
    ),
  upToDate: lastApply
    .optional()
    .describe('The last deployment, if its record shows that nothing has changed. Absent if Terraform was started.'),
  outputs: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('The values that the stack publishes. Absent if the run did not read them.'),
  release: releaseNeeds,
  drift: z.string().optional().describe('What `drift` found, as text for people. Absent for other verbs.'),
});

/** The record of a stack's last run, `run.json` beside its configuration. The summary of an Nx run reads it. */
export type RunFile = Immutable<z.output<typeof runFile>>;

export async function writeRunFile(
  { absoluteDirectory }: Pick<ChosenStack, 'absoluteDirectory'>,
  name: string,
  run: RunFile,
): Promise<void> {
  await writeFileAtomically(join(absoluteDirectory, name), `${JSON.stringify(run, undefined, 2)}\n`);
}

/** The last run in the directory of a stack; undefined if there was none. */
export async function readLastRun(directory: string): Promise<RunFile | undefined> {
  const text = await readOptionalFile(join(directory, 'run.json'));
  return text === undefined ? undefined : (JSON.parse(text) as RunFile);
}

/** Counts the finished changes by events, for a run that fails. */
export class Tally {
  private readonly toReplace = new Set<string>();
  private done = { add: 0, change: 0, remove: 0, replace: 0 };
  private cancelled = 0;

  /** @param interrupted whether Terraform was asked to stop. */
  read(event: TerraformEvent, interrupted = false): void {
    if (event.type === 'planned' && event.action === 'replace') this.toReplace.add(event.address);
    if (event.type !== 'resource') return;
    if (event.status === 'failed' && interrupted) this.cancelled += 1;
    if (event.status !== 'done') return;
    if (event.action === 'create') {
      this.done.add += 1;
      if (this.toReplace.has(event.address)) this.done.replace += 1;
    }
    if (event.action === 'update') this.done.change += 1;
    if (event.action === 'delete') this.done.remove += 1;
  }

  get counts(): Counts {
    return { ...this.done };
  }

  /**
   * The changes that the counts lack after an interruption: the AWS provider then abandons the calls in progress, but AWS may still
   * carry them out. Undefined if there were none.
   */
  get unfinished(): string | undefined {
    if (this.cancelled === 0) return undefined;
    const changes = this.cancelled === 1 ? '1 more change was' : `${String(this.cancelled)} more changes were`;
    return `${changes} in progress, and AWS may have finished ${this.cancelled === 1 ? 'it' : 'them'}`;
  }
}

/** `58 added, 0 changed, 0 destroyed`, or `58 to add, …` for a plan. */
export function countsLine({ add, change, remove, replace }: Counts, when: 'done' | 'planned'): string {
  const words =
    when === 'done' ? (['added', 'changed', 'destroyed'] as const) : (['to add', 'to change', 'to destroy'] as const);
  const counts = [add, change, remove].map((count, index) => `${String(count)} ${String(words[index])}`).join(', ');
  return replace === 0 ? counts : `${counts} (${String(replace)} of them replaced)`;
}

/** Prints why a run failed and what it changed before that. Returns the exit code. */
export function reportFailure(
  failure: unknown,
  run: RunFile,
  unfinished: string | undefined,
  effects: Pick<Terminal, 'stderr'> & StackTraces & Pick<ProcessVariables, 'env'>,
): ExitCode {
  const { stderr } = effects;
  const exitCode = printError(failure, effects, run.stack);
  if (failure instanceof InterruptedError) return exitCode;
  const changed = unfinished !== undefined || run.add + run.change + run.remove > 0;
  const done = changed ? `${countsLine(run, 'done')} before that` : 'nothing was changed';
  const more = unfinished === undefined ? '' : `; ${unfinished}`;
  const at = run.endpoint === undefined ? '' : `; AWS endpoint: ${run.endpoint}`;
  stderr.write(
    `${stderr.colours.bold(run.stack)}: ${run.status} after ${duration(run.seconds * 1000)}, ${done}${more}${at}\n`,
  );
  return run.status === 'interrupted' && exitCode === ExitCode.userMustAct ? ExitCode.interrupted : exitCode;
}

/** One sentence a problem. */
export function problemsOf(thrown: unknown): readonly string[] {
  if (thrown instanceof InterruptedError) return [];
  const failure = asUserError(thrown);
  return failure instanceof UserError ? failure.problems.map(describeProblem) : [String(failure)];
}
