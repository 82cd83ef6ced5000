import { cut, oneLine, tableLines, wholeSeconds } from '@nightshift/console';
import { type ReleaseRecord, versionName } from '@nightshift/release';
import { notVerifiedLines, outcomeText } from './release-end';

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
