import { createColors } from 'picocolors';
import {
  apart,
  checklistLine,
  clockTime,
  cut,
  dayOf,
  oneLine,
  paint,
  span,
  tableLines,
  widthOf,
  wrapped,
} from './text';

const text = (width: number) =>
  apart([span('left')], [span('right', 'dim')], width)
    .map(({ text: part }) => part)
    .join('');

describe('apart', () => {
  it('aligns one part at each end of the line', () => {
    expect(text(14)).toBe('left     right');
  });

  it('separates them by two blanks if there is no room', () => {
    expect(text(5)).toBe('left  right');
  });
});

it('clockTime returns UTC', () => {
  expect(clockTime(new Date('2026-11-24T03:06:40+01:00'))).toBe('02:06:40');
  expect(dayOf(new Date('2026-11-24T00:30:00+01:00'))).toBe('2026-11-23');
});

describe('widthOf', () => {
  it.each([
    ['a', 1],
    ['ü', 1],
    ['█', 1],
    ['計', 2],
    ['한', 2],
    ['🔥', 2],
    ['a\u0301', 1],
    ['⚠\uFE0F', 2],
    ['\u001B[31mred\u001B[39m', 3],
  ])('of %s is %i', (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });
});

describe('cut', () => {
  it.each([
    ['abc', 3, 'abc'],
    ['abcd', 3, 'ab…'],
    ['計算完了', 6, '計算…'],
    ['abc', 0, '…'],
  ])('shortens %s to %i columns', (text, width, shown) => {
    expect(cut(text, width)).toBe(shown);
  });
});

describe('tableLines', () => {
  it('pads each column to its widest cell', () => {
    expect(
      tableLines([
        ['計', 'b', 'c'],
        ['aaa', 'bb', ''],
      ]),
    ).toEqual(['計   b   c', 'aaa  bb']);
  });

  it('aligns numbers at the right', () => {
    const rows = [
      ['network', '7'],
      ['vpc', '12'],
    ];
    expect(tableLines(rows, { numbersFrom: 1 })).toEqual(['network   7', 'vpc      12']);
  });
});

describe('oneLine', () => {
  it.each([
    ['leaves text as it is', 'job 7 done', 'job 7 done'],
    ['takes colours out', '\u001B[31mfatal\u001B[0m: no memory', 'fatal: no memory'],
    ['takes titles out', '\u001B]0;mine\u0007a\u001B]8;;http://x\u001B\\b', 'ab'],
    ['takes movements out', 'a\u001B[2J\u001B[?25lb', 'ab'],
    ['makes one line of several', 'a\r\n\tb\u2028c\n', 'a b c'],
  ])('%s', (_, text, line) => {
    expect(oneLine(text)).toBe(line);
  });
});

const plain = createColors(false);

const colours = createColors(true);

describe('paint', () => {
  it('joins the parts of a line, without trailing blanks', () => {
    expect(paint([span('traffic '), span('60 %', 'bold'), span('  ')], 20, plain)).toBe('traffic 60 %');
  });

  it('colours only on request', () => {
    expect(paint([span('[OK]', 'green'), span(' x')], 20, colours)).toBe('\u001B[32m[OK]\u001B[39m x');
  });

  it.each([
    [12, 'traffic 60 %'],
    [11, 'traffic 60…'],
    [5, 'traf…'],
    [1, '…'],
    [0, ''],
  ])('is never wider than %i columns', (width, shown) => {
    expect(paint([span('traffic '), span('60 %')], width, plain)).toBe(shown);
  });

  it('counts wide characters as two columns', () => {
    expect(paint([span('計算完了')], 8, plain)).toBe('計算完了');
    expect(paint([span('計算完了')], 6, plain)).toBe('計算…');
    expect(widthOf('計a\u0301')).toBe(3);
  });

  it('adds no colour to an empty text', () => {
    expect(paint([span('abcdef'), span('ghi', 'red')], 5, colours)).toBe('abcd…');
  });
});

describe('wrapped', () => {
  it.each([
    ['one two', 10, ['one two']],
    ['one two three', 8, ['one two', 'three']],
    ['one two three four five', 8, ['one two', 'three four five']],
    ['unbreakable text', 4, ['unbreakable', 'text']],
    ['', 4, ['']],
  ])('%s', (text, width, lines) => {
    expect(wrapped(text, width, 2)).toEqual(lines);
  });
});

describe('checklistLine', () => {
  const plain = createColors(false);

  it('is one line per finding', () => {
    expect(checklistLine({ mark: 'OK', title: 'versioning', detail: 'already so' }, plain)).toBe(
      '  [OK] versioning: already so\n',
    );
  });

  it('has the fix on its own line', () => {
    const item = { mark: 'FAIL', title: 'Python', detail: 'is missing', remedy: 'install it' } as const;
    expect(checklistLine(item, plain)).toBe('  [FAIL] Python: is missing\n       -> install it\n');
  });

  it('is green, red or yellow on a terminal', () => {
    const colours = createColors(true);
    const marks = (['OK', 'FAIL', 'SKIP'] as const).map((mark) =>
      checklistLine({ mark, title: 'a', detail: 'b' }, colours),
    );
    expect(marks).toEqual([
      '  \u001b[32m[OK]\u001b[39m a: b\n',
      '  \u001b[31m[FAIL]\u001b[39m a: b\n',
      '  \u001b[33m[SKIP]\u001b[39m a: b\n',
    ]);
  });
});
