import { oneLine } from './text';

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
 * External text for a line or a table cell of Markdown: no markup, no HTML, no link. A zero-width space after `@` keeps GitHub
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
