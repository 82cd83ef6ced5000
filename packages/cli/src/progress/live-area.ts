import type { Output } from '../effects';

/** Lines at the end of a terminal's output that are drawn again and again, below what stays. */
export interface LiveArea {
  /**
   * Shows lines in place of those before.
   * @param lines no wider than the terminal, or they could not be taken away again.
   * @param lasting lines to leave for good, above them. @default - none
   */
  readonly draw: (lines: readonly string[], lasting?: readonly string[]) => void;
}

/** They take no room. */
const COLOURS = /\u001B\[\d*m/g;
/** Terminals that know it show what is between in one go, others ignore it: https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036 */
const TOGETHER = { begin: '\u001B[?2026h', end: '\u001B[?2026l' };
const CLEAR_LINE_END = '\u001B[K';
const CLEAR_BELOW = '\u001B[J';

/** An area that does not flicker: lines are written over, in one write, and only if something has changed. */
export function liveArea(stdout: Pick<Output, 'write' | 'columns'>): LiveArea {
  let shown: readonly string[] = [];
  return {
    draw: (lines, lasting = []) => {
      const { columns } = stdout;
      const rows = shown.reduce((sum, line) => sum + rowsOf(line, columns), 0);
      if (lasting.length === 0 && same(lines, shown)) return;
      const up = rows === 0 ? '' : `\u001B[${String(rows)}A`;
      // What stands there already is passed over; not so where other lines have moved or wrapped it.
      const stays = (line: string, index: number) => line === shown[index] && lasting.length + rows === shown.length;
      const above = lasting.map(overwritten);
      const text = [...above, ...lines.map((line, index) => (stays(line, index) ? '\n' : overwritten(line)))].join('');
      stdout.write(`${TOGETHER.begin}${up}${text}${CLEAR_BELOW}${TOGETHER.end}`);
      shown = lines;
    },
  };
}

function overwritten(line: string): string {
  return `${line}${CLEAR_LINE_END}\n`;
}

/** A terminal that was made narrower has wrapped what was on it. */
function rowsOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(line.replace(COLOURS, '').length / columns));
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((line, index) => line === right[index]);
}
