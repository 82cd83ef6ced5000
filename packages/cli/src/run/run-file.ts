import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ChosenStack } from '../stack/chosen-stack';
import type { Counts } from './counts';

/** What is kept of a stack's last run, in `run.json` beside its configuration: for the summary of the whole run. */
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
  /** The stack's published values. Absent where the run did not come to know them. */
  readonly outputs?: Readonly<Record<string, unknown>>;
}

export type RunStatus = 'succeeded' | 'failed' | 'interrupted';

/** Written beside and renamed, so that nobody reads half of it. */
export async function writeRunFile(
  { absoluteDirectory }: Pick<ChosenStack, 'absoluteDirectory'>,
  run: RunFile,
): Promise<void> {
  const path = join(absoluteDirectory, 'run.json');
  await writeFile(`${path}.new`, `${JSON.stringify(run, undefined, 2)}\n`);
  await rename(`${path}.new`, path);
}
