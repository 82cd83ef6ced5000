import { oneLine } from '../release/text/one-line';

/** Text as it stands in Markdown: nothing in it can end the block. */
export function fencedBlock(lines: readonly string[]): string {
  const fence = '`'.repeat(Math.max(2, longestRun(lines.join('\n'))) + 1);
  return `${fence}text\n${lines.join('\n')}\n${fence}`;
}

/** Text as it stands within a line: https://spec.commonmark.org/0.31.2/#code-spans */
export function codeSpan(text: string): string {
  const line = oneLine(text);
  const run = longestRun(line);
  const fence = '`'.repeat(run + 1);
  return run === 0 ? `\`${line}\`` : `${fence} ${line} ${fence}`;
}

/**
 * What others wrote, as words and nothing else within a line or a table cell: no markup, no HTML, no link. A zero-width space keeps
 * GitHub from notifying whoever is called like what follows an `@`.
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
