import stringWidth from 'string-width';
import type { Colours } from './terminal';

/** The minimum number of blanks between two parts of a line. */
const GAP = 2;

/** Two parts of a line, one at each end. */
export function apart(left: TextLine, right: TextLine, width: number): TextLine {
  const taken = [...left, ...right].reduce((sum, { text }) => sum + widthOf(text), 0);
  return [...left, span(' '.repeat(Math.max(GAP, width - taken))), ...right];
}

/** `02:06:40`, in UTC as in logs and in CloudWatch. */
export function clockTime(time: Date): string {
  return time.toISOString().slice(11, 19);
}

/** The day of a moment in UTC, as waivers name it: `2026-01-31`. */
export function dayOf(moment: Date): string {
  return moment.toISOString().slice(0, 10);
}

const SEQUENCES = /\u001B\[[\d;?]*[ -/]*[@-~]|\u001B\][^\u0007\u001B]*(?:\u0007|\u001B\\)/g;

const CONTROL = /[\u0000-\u001F\u007F-\u009F\u2028\u2029]+/g;

/** External text as one line without colours, cursor movements and line breaks. */
export function oneLine(text: string): string {
  return text.replace(SEQUENCES, '').replace(CONTROL, ' ').trim();
}

/** A line for a terminal, no wider than the terminal: a wrapped line could not be overwritten. A shortened line ends in `…`. */
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

/** The width of a text in terminal columns. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** Shortens text to a width, with `…` at its end. */
export function cut(text: string, width: number): string {
  return widthOf(text) <= width ? text : `${beginning(text, width - 1)}…`;
}

const characters = new Intl.Segmenter();

function beginning(text: string, width: number): string {
  let left = width;
  let shown = '';
  for (const { segment } of characters.segment(text)) {
    left -= widthOf(segment);
    if (left < 0) break;
    shown += segment;
  }
  return shown;
}

interface TableOptions {
  /** Index of the first column of numbers, which are aligned at the right. @default - all columns are text */
  readonly numbersFrom?: number;
}

/** Rows as lines of a table: columns as wide as their cells, two blanks between them. */
export function tableLines(
  rows: readonly (readonly string[])[],
  { numbersFrom = Infinity }: TableOptions = {},
): readonly string[] {
  const width = (column: number) => Math.max(...rows.map((row) => widthOf(String(row[column]))));
  const padded = (cell: string, column: number) => {
    const blanks = ' '.repeat(width(column) - widthOf(cell));
    return column < numbersFrom ? cell + blanks : blanks + cell;
  };
  return rows.map((row) => row.map(padded).join(' '.repeat(GAP)).trimEnd());
}

/** Styles repeat the meaning of the text and never add to it. */
export type TextStyle = 'bold' | 'dim' | 'green' | 'yellow' | 'red';

export interface TextSpan {
  readonly text: string;
  /** @default - plain */
  readonly style?: TextStyle | undefined;
}

/** A line for a terminal whose width and colours are not known yet. */
export type TextLine = readonly TextSpan[];

export function span(text: string, style?: TextStyle): TextSpan {
  return { text, style };
}

/** Breaks text between words. The last line keeps the rest, and may be too wide. */
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

interface ChecklistEntry {
  readonly mark: 'OK' | 'WARN' | 'FAIL' | 'SKIP';
  readonly title: string;
  readonly detail: string;
  /** On a line of its own. @default - none */
  readonly remedy?: string | undefined;
}

/** `  [OK] title: detail`, with the remedy on a line of its own. */
export function checklistLine({ mark, title, detail, remedy }: ChecklistEntry, colours: Colours): string {
  const paint = { OK: colours.green, WARN: colours.yellow, FAIL: colours.red, SKIP: colours.yellow }[mark];
  const line = `  ${paint(`[${mark}]`)} ${title}: ${detail}\n`;
  return remedy === undefined ? line : `${line}       -> ${remedy}\n`;
}
