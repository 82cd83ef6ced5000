import { widthOf } from './paint';

/** Text on as few lines as it needs, broken between words. What does not fit on the last one stays on it, to be cut. */
export function wrapped(text: string, width: number, mostLines: number): readonly [string, ...string[]] {
  const lines: [string, ...string[]] = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    const longer = lines[last] === '' ? word : `${String(lines[last])} ${word}`;
    if (lines[last] === '' || widthOf(longer) <= width || lines.length === mostLines) lines[last] = longer;
    else lines.push(word);
  }
  return lines;
}
