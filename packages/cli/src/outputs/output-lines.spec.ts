import { createColors } from 'picocolors';
import { outputLines } from './output-lines';

const plain = createColors(false);

describe('outputs', () => {
  it('stand in two columns, lists on one line', () => {
    expect(outputLines({ vpc_id: 'vpc-1', subnet_ids: ['a', 'b'], count: 3 }, plain)).toEqual([
      '  vpc_id      vpc-1',
      '  subnet_ids  a, b',
      '  count       3',
    ]);
  });

  it('are cut where they are long', () => {
    expect(outputLines({ a: 'x'.repeat(200) }, plain)).toEqual([`  a  ${'x'.repeat(119)}…`]);
    expect(outputLines({ a: 'x'.repeat(200) }, plain, Infinity)).toEqual([`  a  ${'x'.repeat(200)}`]);
  });

  it('have no escape codes', () => {
    expect(outputLines({ a: '\u001B[31mred\u001B[0m' }, plain)).toEqual(['  a  red']);
  });

  it('may be none', () => {
    expect(outputLines({}, plain)).toEqual([]);
  });
});
