import type { Colours } from '../effects';

const SECOND = 1000;

const MINUTE = 60 * SECOND;

/** A duration that is not known to the second: `40 s`, `43 min`. Never less than a second. */
export function about(milliseconds: number): string {
  return milliseconds < 2 * MINUTE
    ? `${String(Math.max(1, Math.round(milliseconds / SECOND)))} s`
    : `${String(Math.round(milliseconds / MINUTE))} min`;
}

/** The least that stands between the two. */
const GAP = 2;

/** Two parts of a line, one at each end of it. */
export function apart(left: TextLine, right: TextLine, width: number): TextLine {
  const taken = [...left, ...right].reduce((sum, { text }) => sum + widthOf(text), 0);
  return [...left, span(' '.repeat(Math.max(GAP, width - taken))), ...right];
}

/** `02:06:40`, in UTC, as logs and CloudWatch have it: one time for all, also in the night when clocks change. */
export function clockTime(time: Date): string {
  return time.toISOString().slice(11, 19);
}

/** What stands on two columns of a terminal: https://www.unicode.org/reports/tr11/ (wide and full width), and pictures. */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|\p{Extended_Pictographic}/u;

/** What stands on the character before it. */
const JOINING = /\p{Mark}|\u200D|\uFE0F/u;

/** How many columns of a terminal a character takes. */
export function columnsOf(character: string): number {
  if (JOINING.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}

const SEQUENCES = /\u001B\[[\d;?]*[ -/]*[@-~]|\u001B\][^\u0007\u001B]*(?:\u0007|\u001B\\)/g;

const CONTROL = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g;

/** What others wrote, as one line that can do nothing to a terminal: no colours, no movements, no line breaks. */
export function oneLine(text: string): string {
  return text.replace(SEQUENCES, '').replace(CONTROL, ' ').trim();
}

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

/** Colour and weight only stress what the words say already. */
export type TextStyle = 'bold' | 'dim' | 'green' | 'yellow' | 'red';

export interface TextSpan {
  readonly text: string;
  /** @default - as it stands */
  readonly style?: TextStyle | undefined;
}

/** A line for a terminal, before it is known how wide that is and whether it has colours. */
export type TextLine = readonly TextSpan[];

export function span(text: string, style?: TextStyle): TextSpan {
  return { text, style };
}

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
