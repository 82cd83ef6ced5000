import type { Report } from '../check-policies';
import { counted } from './counted';
import type { Violation } from '../violation';
import { subjectText } from '../violation';

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
