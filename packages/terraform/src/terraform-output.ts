import { stripVTControlCharacters } from 'node:util';

/** Text without escape codes and other control characters but line breaks and tabs: it may go to a file or into CI. */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replace(/(?![\n\t])\p{Cc}/gu, '');
}

/**
 * The JSON value in the output of a command: one line, or indented with its last bracket on a line of its own. A script
 * around Terraform may write lines before and after it. Undefined when there is none.
 */
export function jsonInOutput(lines: readonly string[]): unknown {
  const plain = lines.map((line) => stripVTControlCharacters(line).trimEnd());
  for (const [start, line] of plain.entries()) {
    if (!/^\s*\{/.test(line)) continue;
    const end = plain.indexOf('}', start);
    const value = parsed(line) ?? (end === -1 ? undefined : parsed(plain.slice(start, end + 1).join('\n')));
    if (value !== undefined) return value;
  }
  return undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
