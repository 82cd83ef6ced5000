import { tableLines } from '@nightshift/console';
import type { Report } from '../check-policies';
import { describeNotChecked, subjectText, type Violation } from '../violation';

/** `1 rule`, `2 rules`. */
export function counted(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

/**
 * The report as text: each violated rule once, with reason, resources and fixes; then waived violations, unchecked resources, and totals.
 */
export function reportText({ violations, waived, ruleResults, notChecked }: Report): string {
  const ids = [...new Set(violations.map(({ rule }) => rule.id))];
  const violated = ids.map((id) => ruleLines(violations.filter(({ rule }) => rule.id === id)).join('\n'));
  const accepted = waived.map(
    ({ rule, subject, waiver }) =>
      `waived ${rule.id}: ${subjectText(subject)}, until ${waiver.expires} by ${waiver.owner}: ${waiver.reason}`,
  );
  const applied = ruleResults.filter(({ subjects }) => subjects > 0);
  const of = (severity: string) => violations.filter(({ rule }) => rule.severity === severity).length;
  const sum = [
    `${counted(ruleResults.length, 'rule')}, ${applied.length} of them applicable`,
    counted(of('error'), 'error'),
    counted(of('warning'), 'warning'),
    `${waived.length} waived`,
    ...(notChecked.length > 0 ? [`${notChecked.length} not checked`] : []),
  ].join(', ');
  const open = notChecked.map(describeNotChecked);
  const lists = [accepted, open].flatMap((lines) => (lines.length > 0 ? [lines.join('\n')] : []));
  return [...violated, ...lists, sum].join('\n\n');
}

function ruleLines(violations: readonly Violation[]): string[] {
  return violations.flatMap(({ rule, subject, got, fix }, index) => [
    ...(index === 0 ? [`${rule.severity} ${rule.id}: ${rule.what}`, `  ${rule.why} (${rule.sources.join(', ')})`] : []),
    `  ${subjectText(subject)}`,
    `    got ${got}`,
    `    fix: ${fix}`,
  ]);
}

/** One line for each rule: severity, number of checked subjects, and result. */
export function ruleTable({ ruleResults, violations, waived, notChecked }: Report): string {
  const rows = ruleResults.map(({ rule: { id, severity, what }, subjects }) => {
    const among = (list: readonly { readonly rule: { readonly id: string } | undefined }[]) =>
      list.filter(({ rule }) => rule?.id === id).length;
    const parts = [
      counted(among(violations), 'violation'),
      `${among(waived)} waived`,
      `${among(notChecked)} not checked`,
    ].filter((part) => !part.startsWith('0 '));
    const verdict = parts.join(', ') || (subjects === 0 ? 'not applicable' : 'ok');
    return [id, severity, String(subjects), verdict, what];
  });
  return tableLines([['rule', 'severity', 'checked', 'verdict', 'what'], ...rows]).join('\n');
}
