import type { Environment } from '@nightshift/config';
import type { ChecklistItem } from '@nightshift/release';
import type { Colours } from '../effects';
import type { ExitCode } from '../exit-code';
import { oneLine } from './text';

/** `  [OK] title: detail`, with the remedy on a line of its own. */
export function checklistLine({ mark, title, detail, remedy }: ChecklistItem, colours: Colours): string {
  const paint = { OK: colours.green, WARN: colours.yellow, FAIL: colours.red, SKIP: colours.yellow }[mark];
  const line = `  ${paint(`[${mark}]`)} ${title}: ${detail}\n`;
  return remedy === undefined ? line : `${line}       -> ${remedy}\n`;
}

/** A Markdown code block: no text in it can end the block. */
export function fencedBlock(lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(2, longestRun(lines.join('\n'))) + 1);
  return `${fence}text\n${lines.join('\n')}\n${fence}`;
}

/** A Markdown code span: https://spec.commonmark.org/0.31.2/#code-spans */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  const run = longestRun(line);
  const fence = '`'.repeat(run + 1);
  return run === 0 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

/**
 * Text from elsewhere for a line or a table cell of Markdown: no markup, no HTML, no link. A zero-width space after `@` keeps GitHub
 * from notifying a user of that name.
 */
export function plainText(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\`*[\]|~]|(?<![a-z\d])_|_(?![a-z\d])/gi, '\\$&')
    .replaceAll('@', '@&#8203;');
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
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
