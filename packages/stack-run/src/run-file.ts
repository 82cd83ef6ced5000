import { join } from 'node:path';
import type { ProcessVariables } from '@nightshift/aws-access';
import { duration, type Terminal } from '@nightshift/console';
import { describeProblem, ExitCode, UserError } from '@nightshift/errors';
import { asUserError, writeFileAtomically } from '@nightshift/files';
import type { TerraformEvent } from '@nightshift/terraform';
import type { ChosenStack } from './chosen-stack';
import type { StackTraces } from './effects';
import { printError } from './print-error';

/** The record of a stack's last run, `run.json` beside its configuration. The summary of an Nx run reads it. */
export interface RunFile extends Counts {
  /** The same for all stacks of one Nx run (`NIGHTSHIFT_RUN_ID`). */
  readonly runId: string;
  readonly verb: string;
  readonly stack: string;
  /** The environment's file name. */
  readonly environment: string;
  readonly suffix: string;
  readonly status: RunStatus;
  readonly seconds: number;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  /** Why it failed, one sentence a problem. */
  readonly problems: readonly string[];
  /** Where calls went instead of to AWS, such as `http://127.0.0.1:45660 (AWS_ENDPOINT_URL)`. @default - to AWS, or to the local cloud */
  readonly endpoint?: string;
  /** The last apply, by whose record there was nothing to do. @default - Terraform was started */
  readonly upToDate?: LastApply;
  /** The stack's published values. Absent where the run did not read them. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

export interface LastApply {
  /** ISO 8601, UTC. */
  readonly since: string;
  /** ARN. */
  readonly by: string;
}

export type RunStatus = 'succeeded' | 'failed' | 'interrupted';

export async function writeRunFile(
  { absoluteDirectory }: Pick<ChosenStack, 'absoluteDirectory'>,
  run: RunFile,
): Promise<void> {
  await writeFileAtomically(join(absoluteDirectory, 'run.json'), `${JSON.stringify(run, undefined, 2)}\n`);
}

/** Numbers of resources. A replaced one counts in `add` and in `remove`, as Terraform counts. */
export interface Counts {
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly replace: number;
}

/** Counts the finished changes by events, for a run that fails. */
export class Tally {
  private readonly toReplace = new Set<string>();
  private done = { add: 0, change: 0, remove: 0, replace: 0 };

  read(event: TerraformEvent): void {
    if (event.type === 'planned' && event.action === 'replace') this.toReplace.add(event.address);
    if (event.type !== 'resource' || event.status !== 'done') return;
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
  effects: Pick<Terminal, 'stderr'> & StackTraces & Pick<ProcessVariables, 'env'>,
): ExitCode {
  const { stderr } = effects;
  const exitCode = printError(failure, effects);
  const done =
    run.add + run.change + run.remove === 0 ? 'nothing was changed' : `${countsLine(run, 'done')} before that`;
  const at = run.endpoint === undefined ? '' : `; AWS endpoint: ${run.endpoint}`;
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
