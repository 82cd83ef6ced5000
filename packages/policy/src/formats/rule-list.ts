import type { RuleDescription } from '../rule';
import { counted } from './report-text';

/** Every rule with what it demands, why, and where that comes from. */
export function ruleList(rules: readonly RuleDescription[]): string {
  const list = rules.map(
    ({ id, severity, what, why, sources }) => `${id} (${severity}): ${what}\n  ${why}\n  ${sources.join(', ')}`,
  );
  return [...list, counted(rules.length, 'rule')].join('\n\n');
}

/**
 * The rules as a table of Markdown: of each its file, whether it refuses, what it demands and why, and the requirements and checks
 * that it comes from.
 * @param folder where the files are, from the document that the table is in.
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
