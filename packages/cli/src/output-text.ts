import type { Colours } from '@nightshift/console';
import type { ChecklistItem } from '@nightshift/release';

/** `  [OK] title: detail`, with the remedy on a line of its own. */
export function checklistLine({ mark, title, detail, remedy }: ChecklistItem, colours: Colours): string {
  const paint = { OK: colours.green, WARN: colours.yellow, FAIL: colours.red, SKIP: colours.yellow }[mark];
  const line = `  ${paint(`[${mark}]`)} ${title}: ${detail}\n`;
  return remedy === undefined ? line : `${line}       -> ${remedy}\n`;
}
