import { typesLine } from './types-line';

describe('what was removed', () => {
  it('is counted by type, most first', () => {
    expect(typesLine(['aws_vpc.A', 'aws_subnet.B', 'aws_eip.D', 'aws_subnet.C'])).toEqual([
      '  2 aws_subnet, 1 aws_eip, 1 aws_vpc',
    ]);
  });

  it('may be nothing', () => {
    expect(typesLine([])).toEqual([]);
  });
});
