import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunFile } from '@nightshift/stack-run';
import { duration, tableLines } from '@nightshift/console';

type SummarizedRun = Pick<
  RunFile,
  'status' | 'upToDate' | 'add' | 'change' | 'remove' | 'seconds' | 'problems' | 'endpoint' | 'release' | 'drift'
>;

export interface SummaryRow {
  readonly stack: string;
  /** The result of the task according to Nx, or `not started`. */
  readonly result: string;
  /** @default - the command ended before it reached its stack */
  readonly run?: SummarizedRun | undefined;
  /** The number of resources that `prepare` has created before. @default - none */
  readonly prepared?: number | undefined;
}

export interface SummaryProps {
  readonly verb: string;
  readonly environment: string;
  readonly milliseconds: number;
  readonly rows: readonly SummaryRow[];
}

const changeColumns = ['stack', 'result', 'added', 'changed', 'destroyed', 'seconds'];

/** Of the verbs with other columns. */
const columns: Readonly<Record<string, readonly string[]>> = {
  plan: ['stack', 'result', 'to add', 'to change', 'to destroy', 'seconds'],
  drift: ['stack', 'result'],
};

/** The number of columns with text. The others are numbers. */
const TEXT_COLUMNS = 2;

/** The summary of a run of several stacks: a table and the causes of failures. */
export function summary({ verb, environment, milliseconds, rows }: SummaryProps): string {
  const table = [columns[verb] ?? changeColumns, ...rows.map((row) => cells(row, verb))];
  const causes = causesOf(rows);
  const releases = rows.flatMap(releaseLines);
  const endpoints = new Set(rows.flatMap(({ run }) => run?.endpoint ?? []));
  return [
    `${verb} ${environment}: ${String(rows.length)} ${rows.length === 1 ? 'stack' : 'stacks'} in ${duration(milliseconds)}`,
    '',
    ...tableLines(table, { numbersFrom: TEXT_COLUMNS }),
    ...(endpoints.size > 0 ? ['', `AWS calls went to ${[...endpoints].join(', ')}`] : []),
    ...(causes.length > 0 ? ['', ...causes] : []),
    ...(releases.length > 0 ? ['', ...releases] : []),
    '',
  ].join('\n');
}

/**
 * A problem that several stacks share, such as missing credentials, is one line. Some problems begin with the name of their stack, which
 * the line names anyway.
 */
function causesOf(rows: readonly SummaryRow[]): string[] {
  const stacksOf = new Map<string, string[]>();
  for (const { stack, run } of rows) {
    for (const text of run?.problems ?? []) {
      const problem = text.startsWith(`${stack}: `) ? text.slice(`${stack}: `.length) : text;
      stacksOf.set(problem, [...(stacksOf.get(problem) ?? []), stack]);
    }
  }
  return [...stacksOf].map(([problem, stacks]) => `${stacks.join(', ')}: ${problem}`);
}

/** The changes that a deploy leaves to a release: the output of the stacks would hide them. */
function releaseLines({ stack, run }: SummaryRow): string[] {
  return (run?.release ?? []).flatMap(({ need, command, reasons = [], problem }) =>
    command === undefined
      ? [`${stack}: cannot determine whether a release is needed: ${String(problem)}`]
      : [`${stack}: ${need}: ${command}`, ...reasons.map((reason) => `  ${reason}`)],
  );
}

function cells({ stack, result, run, prepared = 0 }: SummaryRow, verb: string): string[] {
  if (verb === 'drift') return [stack, run?.drift ?? run?.status ?? result];
  if (!run) return [stack, result, '-', '-', '-', '-'];
  const status = run.upToDate && run.status === 'succeeded' ? 'up to date' : run.status;
  const shown = prepared === 0 ? status : `${status} (${String(prepared)} prepared)`;
  // A plan that has not ended knows no changes.
  const isKnown = verb !== 'plan' || run.status === 'succeeded';
  const counts = [run.add, run.change, run.remove].map((count) => (isKnown ? String(count) : '-'));
  return [stack, shown, ...counts, run.seconds.toFixed(1)];
}

/** Undefined if there is no file of this run and verb: the command ended before it reached its stack. */
export function readRunFile(path: string, { runId, verb }: Pick<RunFile, 'runId' | 'verb'>): SummarizedRun | undefined {
  const file = readJson(path) as RunFile | undefined;
  return file?.runId === runId && file.verb === verb ? file : undefined;
}

/** The stacks in the manifest of an environment; none if it is not synthesized. */
export function readStackNames(outdir: string): string[] {
  const manifest = readJson(join(outdir, 'manifest.json')) as { readonly stacks: object } | undefined;
  return Object.keys(manifest?.stacks ?? {});
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  return JSON.parse(text);
}
