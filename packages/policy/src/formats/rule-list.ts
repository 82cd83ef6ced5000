import type { RuleDescription } from '../rule';
import { counted } from './report-text';

/** Every rule with requirement, reason and source. */
export function ruleList(rules: readonly RuleDescription[]): string {
  const list = rules.map(
    ({ id, severity, what, why, sources }) => `${id} (${severity}): ${what}\n  ${why}\n  ${sources.join(', ')}`,
  );
  return [...list, counted(rules.length, 'rule')].join('\n\n');
}

/**
 * The rules as a Markdown table: file, severity, requirement, reason and sources.
 * @param folder the folder of the files, relative to the document with the table.
 */
export function rulesMarkdown(rules: readonly RuleDescription[], folder: string): string {
  const rows = rules.map(({ id, severity, what, why, sources }) => [
    `[${id}](${folder}/${id}.ts)`,
    severity,
    `${what}. ${why}`,
    sources.filter((source) => /^(?:R\d|CKV|FSBP)/.test(source)).join(', '),
  ]);
  const table = [['rule', 'severity', 'what, and why', 'from'], ['-', '-', '-', '-'], ...rows];
  return table.map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n');
}
