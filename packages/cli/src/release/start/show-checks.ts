import type { PreflightGroup } from '@nightshift/release';
import { checklistLine } from '../../checklist/checklist-line';
import type { Effects } from '../../effects';

/** Shows what was looked at: a tree of two levels. Nothing has been changed yet. */
export function showChecks(
  groups: readonly PreflightGroup[],
  { stdout }: Pick<Effects, 'stdout'>,
  json: boolean,
): void {
  const { write, colours } = stdout;
  for (const { title, items } of groups) {
    if (!json) write(`${title}\n`);
    for (const item of items)
      write(json ? `${JSON.stringify({ type: 'check', group: title, ...item })}\n` : checklistLine(item, colours));
  }
}
