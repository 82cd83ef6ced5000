import type { Report } from '../check-policies';

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
