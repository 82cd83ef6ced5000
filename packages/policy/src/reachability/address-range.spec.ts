import { isAnywhere, isWithin, mayOverlap } from './address-range';

describe('networks', () => {
  it('overlap where they share an address, or where nobody can tell', () => {
    expect(mayOverlap('10.0.0.0/16', '10.0.1.0/24')).toBe(true);
    expect(mayOverlap('10.0.0.0/24', '10.0.1.0/24')).toBe(false);
    expect(mayOverlap('2001:db8::/32', '2001:db8:1::/48')).toBe(true);
    expect(mayOverlap('10.0.0.0/24', '${aws_subnet.S.cidr_block}')).toBe(true);
    expect(mayOverlap('0.0.0.0/0', '::/0')).toBe(false);
  });

  it('are within another where all of their addresses are', () => {
    expect(isWithin('10.0.1.0/24', '10.0.0.0/16')).toBe(true);
    expect(isWithin('10.0.0.0/15', '10.0.0.0/16')).toBe(false);
    expect(isWithin('10.0.0.0/16', '10.0.1.0/24')).toBe(false);
    expect([isWithin('::/0', '::/0'), isWithin('::/0', '10.0.0.0/16')]).toEqual([true, false]);
  });

  it('are anywhere in either version of IP', () => {
    expect(['0.0.0.0/0', '::/0', '10.0.0.0/8'].map(isAnywhere)).toEqual([true, true, false]);
  });
});
