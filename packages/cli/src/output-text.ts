import type { Environment } from '@nightshift/config';
import type { Colours } from '@nightshift/console';
import type { ExitCode } from '@nightshift/errors';
import type { ChecklistItem } from '@nightshift/release';

/** `  [OK] title: detail`, with the remedy on a line of its own. */
export function checklistLine({ mark, title, detail, remedy }: ChecklistItem, colours: Colours): string {
  const paint = { OK: colours.green, WARN: colours.yellow, FAIL: colours.red, SKIP: colours.yellow }[mark];
  const line = `  ${paint(`[${mark}]`)} ${title}: ${detail}\n`;
  return remedy === undefined ? line : `${line}       -> ${remedy}\n`;
}

interface JsonResult {
  readonly verb: string;
  readonly environment: Pick<Environment, 'name' | 'suffix'>;
  readonly exitCode: ExitCode;
  /** Fields of the verb. */
  readonly [field: string]: unknown;
}

/** The last line of `--json`, in the form of all verbs. 1 is the exit code of a failure, 2 is an answer. */
export function jsonResult({ verb, environment: { name, suffix }, exitCode, ...fields }: JsonResult): string {
  const status = exitCode === 1 ? 'failed' : 'succeeded';
  return `${JSON.stringify({ type: 'result', verb, environment: name, suffix, status, ...fields, exitCode })}\n`;
}
