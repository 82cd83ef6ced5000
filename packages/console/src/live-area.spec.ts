import { duration } from './duration';
import { liveArea } from './live-area';
import { FakeTerminal } from './testing/fake-terminal';
import { clockTime } from './text';

describe('the live area of a terminal', () => {
  const frame = (text: string) => `\u001B[?2026h${text}\u001B[J\u001B[?2026l`;

  const line = (text: string) => `${text}\u001B[K\n`;

  /** From the beginning of the row, where the terminal may have shown `^C`. */
  const up = (rows: number) => `\r\u001B[${String(rows)}A`;

  function setUp() {
    const stdout = {
      written: [] as string[],
      columns: 20,
      write: (text: string) => {
        stdout.written.push(text);
      },
    };
    const area = liveArea(stdout);
    return { stdout, area };
  }

  it('overwrites its previous lines, in one write', () => {
    const { stdout, area } = setUp();
    area.draw(['one', 'two']);
    area.draw(['three']);
    area.draw([]);
    area.draw(['four']);
    expect(stdout.written).toEqual([
      frame(line('one') + line('two')),
      frame(up(2) + line('three')),
      frame(up(1)),
      frame(line('four')),
    ]);
  });

  it('keeps permanent lines above it', () => {
    const { stdout, area } = setUp();
    area.draw(['one']);
    area.draw(['one'], ['done']);
    expect(stdout.written[1]).toBe(frame(up(1) + line('done') + line('one')));
  });

  it('writes nothing without a change', () => {
    const { stdout, area } = setUp();
    area.draw([]);
    area.draw(['one', 'two']);
    area.draw(['one', 'two']);
    expect(stdout.written).toHaveLength(1);
    area.draw(['one', 'zwei']);
    expect(stdout.written.slice(1)).toEqual([frame(`${up(2)}\n${line('zwei')}`)]);
  });

  it('removes lines that a narrower terminal has wrapped; colours have no width', () => {
    const { stdout, area } = setUp();
    area.draw(['0123456789', '\u001B[31m01234\u001B[39m', '']);
    stdout.columns = 5;
    area.draw(['0123456789']);
    expect(stdout.written[1]).toBe(frame(up(4) + line('0123456789')));
  });

  it('shows a running clock, and stops it at the end', () => {
    const terminal = new FakeTerminal();
    const start = terminal.monotonic();
    const area = liveArea(terminal.stdout);
    const stop = terminal.every(1000, () => {
      const lines = [`${clockTime(terminal.now())} ${duration(terminal.monotonic() - start)}`];
      area.draw(lines.slice(0, terminal.stdout.rows));
    });
    terminal.advance(2500);
    expect(terminal.listening).toBe(1);
    stop();
    expect(terminal.listening).toBe(0);
    terminal.advance(5000);
    expect(terminal.printed.stdout).toBe(frame(line('00:00:01 1.0 s')) + frame(up(1) + line('00:00:02 2.0 s')));
  });
});
