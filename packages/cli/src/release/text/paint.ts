import type { Colours } from '../../effects';
import { columnsOf } from './columns-of';
import type { TextLine } from './text-line';

/** A line as it goes to a terminal, no wider than that: a wrapped one could not be taken away again. What is cut ends in `…`. */
export function paint(line: TextLine, width: number, colours: Colours): string {
  const total = line.reduce((sum, { text }) => sum + widthOf(text), 0);
  const fits = total <= width;
  let left = fits ? width : width - 1;
  const painted = line.map(({ text, style }) => {
    const shown = beginning(text, left);
    left -= widthOf(shown);
    if (shown.length < text.length) left = 0;
    return style === undefined || shown === '' ? shown : colours[style](shown);
  });
  return `${painted.join('').trimEnd()}${fits || width < 1 ? '' : '…'}`;
}

/** How many columns text takes. */
export function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + columnsOf(character), 0);
}

function beginning(text: string, width: number): string {
  let left = width;
  let shown = '';
  for (const character of text) {
    left -= columnsOf(character);
    if (left < 0) break;
    shown += character;
  }
  return shown;
}
