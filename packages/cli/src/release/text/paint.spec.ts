import { createColors } from 'picocolors';
import { paint, widthOf } from './paint';
import { span } from './text-line';

const plain = createColors(false);
const colours = createColors(true);

describe('paint', () => {
  it('puts the parts of a line together, without blanks at its end', () => {
    expect(paint([span('traffic '), span('60 %', 'bold'), span('  ')], 20, plain)).toBe('traffic 60 %');
  });

  it('colours where colours are wanted', () => {
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

  it('counts what stands on two columns twice', () => {
    expect(paint([span('計算完了')], 8, plain)).toBe('計算完了');
    expect(paint([span('計算完了')], 6, plain)).toBe('計算…');
    expect(widthOf('計a\u0301')).toBe(3);
  });

  it('colours nothing where nothing is left', () => {
    expect(paint([span('abcdef'), span('ghi', 'red')], 5, colours)).toBe('abcd…');
  });
});
