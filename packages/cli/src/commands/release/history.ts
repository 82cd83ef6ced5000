import { releaseRecord, type ReleaseRecord, versionName } from '@nightshift/release';
import { wholeSeconds, cut, oneLine, tableLines } from '@nightshift/console';
import type { ConfigurationOption } from '../../verb-options';
import { ExitCode } from '@nightshift/errors';
import { z } from 'zod';
import { environmentResult, resultOf } from '../../json-result';
import type { Releases } from './on-releases';
import { notVerifiedLines, outcomeText } from '@nightshift/release-view';

export const historyOutput = environmentResult('release history', {
  releases: z.array(releaseRecord).describe('The newest first.'),
  unreadable: z.array(z.string()).describe('Records that cannot be read, and why: one sentence each.'),
});

export interface HistoryOptions extends ConfigurationOption {
  /** Number of newest releases. */
  readonly limit: number;
  readonly json?: boolean;
}

/** `release history`: time, version, author and outcome of each release. */
export async function showHistory({ limit, json = false }: HistoryOptions, releases: Releases): Promise<void> {
  const { verb, environment, context, engine, effects } = releases;
  const { write } = effects.stdout;
  const { records, unreadable } = await engine.releaseHistory(context, limit);
  if (json) {
    const result = { ...resultOf({ verb, environment }), releases: records, unreadable, exitCode: ExitCode.done };
    effects.stdout.json(historyOutput, result);
    return;
  }
  if (records.length === 0) write(`no releases of ${environment.suffix} yet\n`);
  else write(`${historyTable(records).join('\n')}\n`);
  for (const problem of unreadable) effects.stderr.write(`${problem}\n`);
}

const LONGEST_VERSION = 16;

/** `rollback --to` accepts the start of an id. */
const ID_LENGTH = 8;

const head = ['id', 'started (UTC)', 'kind', 'from', 'to', 'outcome', 'duration', 'by'] as const;

/** Releases as a table, newest first, with the cause of failures. */
export function historyTable(records: readonly ReleaseRecord[]): readonly string[] {
  const [title, ...lines] = tableLines([head, ...records.map(cells)]);
  return [String(title), ...records.flatMap((record, index) => [String(lines[index]), ...causeOf(record)])];
}

function cells(record: ReleaseRecord): readonly string[] {
  const { id, startedAt, endedAt, kind, from, to, by } = record;
  return [
    id.slice(0, ID_LENGTH),
    startedAt.slice(0, 19).replace('T', ' '),
    kind,
    cut(versionName(from), LONGEST_VERSION),
    cut(versionName(to), LONGEST_VERSION),
    outcomeText(record),
    endedAt === undefined ? '-' : wholeSeconds(Date.parse(endedAt) - Date.parse(startedAt)),
    // Without the account, which is the same for all.
    by.replace(/^arn:[^:]*:[^:]*::\d*:/, ''),
  ];
}

const MOST_CHANGES = 3;

/** The other differences, if the image is the same. */
function changesOf({ from, to, changes = [] }: ReleaseRecord): readonly string[] {
  if (versionName(from) !== versionName(to) || changes.length === 0) return [];
  const hidden = changes.length - MOST_CHANGES;
  const more = hidden > 0 ? `; and ${String(hidden)} more: --json` : '';
  return [`  changes: ${changes.slice(0, MOST_CHANGES).map(oneLine).join('; ')}${more}`];
}

function causeOf(record: ReleaseRecord): readonly string[] {
  return [
    ...changesOf(record),
    ...(record.cause === undefined ? [] : [`  why: ${record.cause}`]),
    ...(record.outcome === 'succeeded' ? notVerifiedLines(record) : []),
    ...(record.duringWindow === undefined ? [] : [`  processing window overridden, reason: ${record.duringWindow}`]),
  ];
}
