import type { Output } from './terminal';
import { widthOf } from './text';

/** Lines at the end of a terminal's output that are redrawn below the permanent lines. */
interface LiveArea {
  /**
   * Replaces the current lines.
   * @param lines no wider than the terminal, so that they can be removed.
   * @param lasting permanent lines above them. @default - none
   */
  readonly draw: (lines: readonly string[], lasting?: readonly string[]) => void;
}

/** Synchronized output: a terminal shows the text between both at once, or ignores them: https://gist.github.com/christianparpart/d8a62cc1ab659194337d73e399004036 */
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
      // The terminal may have shown `^C` or another key at the start of this row.
      const up = rows === 0 ? '' : `\r\u001B[${String(rows)}A`;
      // An unchanged line is skipped, unless other lines have moved or wrapped it.
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

/** A narrower terminal has wrapped its lines. */
function rowsOf(line: string, columns: number): number {
  return Math.max(1, Math.ceil(widthOf(line) / columns));
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((line, index) => line === right[index]);
}
