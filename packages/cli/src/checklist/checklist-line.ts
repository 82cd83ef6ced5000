import type { Colours } from '../effects';

/** `NG`: not good. `WARN`: good today, not when the environment grows. */
export type Mark = 'OK' | 'WARN' | 'NG' | 'SKIP';

export interface ChecklistItem {
  readonly mark: Mark;
  /** What was looked at, such as `versioning`. */
  readonly title: string;
  /** What was found. */
  readonly detail: string;
  /** What to do about it. @default - nothing */
  readonly remedy?: string;
}

/** `  [OK] title: detail`, with the remedy on a line of its own. */
export function checklistLine({ mark, title, detail, remedy }: ChecklistItem, colours: Colours): string {
  const paint = { OK: colours.green, WARN: colours.yellow, NG: colours.red, SKIP: colours.yellow }[mark];
  const line = `  ${paint(`[${mark}]`)} ${title}: ${detail}\n`;
  return remedy === undefined ? line : `${line}       -> ${remedy}\n`;
}
