import { widthOf } from './paint';
import { span, type TextLine } from './text-line';

/** The least that stands between the two. */
const GAP = 2;

/** Two parts of a line, one at each end of it. */
export function apart(left: TextLine, right: TextLine, width: number): TextLine {
  const taken = [...left, ...right].reduce((sum, { text }) => sum + widthOf(text), 0);
  return [...left, span(' '.repeat(Math.max(GAP, width - taken))), ...right];
}
