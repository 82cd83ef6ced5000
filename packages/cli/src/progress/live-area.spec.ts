import { liveArea } from './live-area';

const frame = (text: string) => `\u001B[?2026h${text}\u001B[J\u001B[?2026l`;
const line = (text: string) => `${text}\u001B[K\n`;
const up = (rows: number) => `\u001B[${String(rows)}A`;

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

describe('the live area of a terminal', () => {
  it('writes over what it has drawn, each time in one write', () => {
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

  it('leaves above it what is to last', () => {
    const { stdout, area } = setUp();
    area.draw(['one']);
    area.draw(['one'], ['done']);
    expect(stdout.written[1]).toBe(frame(up(1) + line('done') + line('one')));
  });

  it('writes nothing where nothing has changed', () => {
    const { stdout, area } = setUp();
    area.draw([]);
    area.draw(['one', 'two']);
    area.draw(['one', 'two']);
    expect(stdout.written).toHaveLength(1);
    area.draw(['one', 'zwei']);
    expect(stdout.written.slice(1)).toEqual([frame(`${up(2)}\n${line('zwei')}`)]);
  });

  it('takes away what a narrower terminal has wrapped; colours take no room', () => {
    const { stdout, area } = setUp();
    area.draw(['0123456789', '\u001B[31m01234\u001B[39m', '']);
    stdout.columns = 5;
    area.draw(['0123456789']);
    expect(stdout.written[1]).toBe(frame(up(4) + line('0123456789')));
  });
});
