import { createColors } from 'picocolors';
import { fencedBlock, plainText } from '../markdown/markdown-text';
import type { PlanChanges } from './plan-changes';
import { planText } from './plan-text';

/**
 * Changes as Markdown, for a job's summary or a comment on a pull request.
 * @param note Markdown.
 */
export function planMarkdown(title: string, changes: PlanChanges, note?: string): string {
  const text = planText(changes, createColors(false));
  const heading = `### ${plainText(title)}\n\n${note === undefined ? '' : `${note}\n\n`}`;
  if (text.length === 0) return heading;
  return `${heading}<details><summary>Changes</summary>\n\n${fencedBlock(text)}\n\n</details>\n\n`;
}
