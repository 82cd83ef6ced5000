import { versionName, type ReleaseRecord } from '@nightshift/release';
import { wholeSeconds } from '../../progress/whole-seconds';
import { cut } from '../../progress/cut';

const LONGEST_VERSION = 16;

const head = ['started (UTC)', 'what', 'from', 'to', 'outcome', 'took', 'by'] as const;

/** Releases as a table, newest first, with why those failed that did. */
export function historyTable(records: readonly ReleaseRecord[]): readonly string[] {
  const rows: (readonly string[])[] = [head, ...records.map(cells)];
  const width = (column: number) => Math.max(...rows.map((row) => String(row[column]).length));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(width(column)))
      .join('  ')
      .trimEnd(),
  );
  const [title, ...others] = lines;
  return [String(title), ...others.flatMap((line, index) => [line, ...causeOf(records[index])])];
}

function cells(record: ReleaseRecord): readonly string[] {
  const { startedAt, endedAt, kind, from, to, outcome, by } = record;
  return [
    startedAt.slice(0, 19).replace('T', ' '),
    kind,
    cut(versionName(from), LONGEST_VERSION),
    cut(versionName(to), LONGEST_VERSION),
    outcome ?? 'under way',
    endedAt === undefined ? '-' : wholeSeconds(Date.parse(endedAt) - Date.parse(startedAt)),
    // The account is the same for all.
    by.replace(/^arn:[^:]*:[^:]*::\d*:/, ''),
  ];
}

function causeOf(record: ReleaseRecord | undefined): readonly string[] {
  return [
    ...(record?.cause === undefined ? [] : [`  why: ${record.cause}`]),
    ...(record?.duringWindow === undefined ? [] : [`  in a processing window, because: ${record.duringWindow}`]),
  ];
}
