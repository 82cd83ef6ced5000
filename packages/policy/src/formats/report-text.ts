import type { Report } from '../check-policies';
import { subjectText, type Violation } from '../violation';

/** `1 rule`, `2 rules`. */
export function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/** The report for people: each broken rule once, with why, what breaks it and how to mend that; then what is waived, and a sum. */
export function reportText({ violations, waived, judgements }: Report): string {
  const ids = [...new Set(violations.map(({ rule }) => rule.id))];
  const broken = ids.map((id) => ruleLines(violations.filter(({ rule }) => rule.id === id)).join('\n'));
  const accepted = waived.map(
    ({ rule, subject, waiver }) =>
      `waived ${rule.id}: ${subjectText(subject)}, until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`,
  );
  const applied = judgements.filter(({ subjects }) => subjects > 0);
  const of = (severity: string) => violations.filter(({ rule }) => rule.severity === severity).length;
  const sum = [
    `${counted(judgements.length, 'rule')}, ${applied.length} of them applicable`,
    counted(of('error'), 'error'),
    counted(of('warning'), 'warning'),
    `${waived.length} waived`,
  ].join(', ');
  return [...broken, ...(accepted.length > 0 ? [accepted.join('\n')] : []), sum].join('\n\n');
}

function ruleLines(violations: readonly Violation[]): string[] {
  return violations.flatMap(({ rule, subject, got, fix }, index) => [
    ...(index === 0 ? [`${rule.severity} ${rule.id}: ${rule.what}`, `  ${rule.why} (${rule.sources.join(', ')})`] : []),
    `  ${subjectText(subject)}`,
    `    got ${got}`,
    `    fix: ${fix}`,
  ]);
}

/** Every rule in a line: its severity, how many subjects it has judged, and how many of them break it. */
export function ruleTable({ judgements, violations, waived }: Report): string {
  const broken = (id: string) => violations.filter(({ rule }) => rule.id === id).length;
  const excused = (id: string) => waived.filter(({ rule }) => rule.id === id).length;
  const rows = judgements.map(({ rule: { id, severity, what }, subjects }) => {
    const verdict = subjects === 0 ? 'not applicable' : verdictOf(broken(id), excused(id));
    return [id, severity, String(subjects), verdict, what];
  });
  return aligned([['rule', 'severity', 'judged', 'verdict', 'what'], ...rows]);
}

function verdictOf(broken: number, excused: number): string {
  const parts = [...(broken > 0 ? [`${broken} broken`] : []), ...(excused > 0 ? [`${excused} waived`] : [])];
  return parts.join(', ') || 'ok';
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (known, row) => row.map((cell, column) => Math.max(cell.length, known[column] ?? 0)),
    [],
  );
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(Number(widths[column])))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
