import { createColors } from 'picocolors';
import type { PlanChanges } from './plan-changes';
import { planText } from './plan-text';

/** Changes as Markdown, for a job's summary or a comment on a pull request. */
export function planMarkdown(title: string, changes: PlanChanges, note?: string): string {
  const text = planText(changes, createColors(false));
  const heading = `### ${title}\n\n${note === undefined ? '' : `${note}\n\n`}`;
  if (text.length === 0) return heading;
  const fence = fenceAround(text);
  return `${heading}<details><summary>Changes</summary>\n\n${fence}text\n${text.join('\n')}\n${fence}\n\n</details>\n\n`;
}

/** Longer than any run of backticks in the text, so that no value can end the block. */
function fenceAround(lines: readonly string[]): string {
  const runs = lines.flatMap((line) => line.match(/`+/g) ?? []);
  return '`'.repeat(Math.max(2, ...runs.map(({ length }) => length)) + 1);
}
