import { readFileSync } from 'node:fs';

/** What `nightshift` leaves of a stack's last run beside its configuration, as far as the summary shows it. */
export interface RunFile {
  readonly runId: string;
  readonly verb: string;
  readonly status: 'succeeded' | 'failed' | 'interrupted';
  readonly add: number;
  readonly change: number;
  readonly remove: number;
  readonly seconds: number;
  readonly problems: readonly string[];
  /** Where calls went instead of to AWS. */
  readonly endpoint?: string;
}

/** Undefined when there is none, or none of this run and verb: the command ended before it came to its stack. */
export function readRunFile(path: string, { runId, verb }: Pick<RunFile, 'runId' | 'verb'>): RunFile | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const file = JSON.parse(text) as RunFile;
  return file.runId === runId && file.verb === verb ? file : undefined;
}
