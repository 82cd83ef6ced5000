import { anyPort, commonPorts, isAnywhere, isWithin, mayOverlap, portsOf, shownPorts, tcp } from './ranges';

describe('networks', () => {
  it('overlap if they share an address, or if that is unknown', () => {
    expect(mayOverlap('10.0.0.0/16', '10.0.1.0/24')).toBe(true);
    expect(mayOverlap('10.0.0.0/24', '10.0.1.0/24')).toBe(false);
    expect(mayOverlap('2001:db8::/32', '2001:db8:1::/48')).toBe(true);
    expect(mayOverlap('10.0.0.0/24', '${aws_subnet.S.cidr_block}')).toBe(true);
    expect(mayOverlap('0.0.0.0/0', '::/0')).toBe(false);
  });

  it('are within another one if all of their addresses are', () => {
    expect(isWithin('10.0.1.0/24', '10.0.0.0/16')).toBe(true);
    expect(isWithin('10.0.0.0/15', '10.0.0.0/16')).toBe(false);
    expect(isWithin('10.0.0.0/16', '10.0.1.0/24')).toBe(false);
    expect([isWithin('::/0', '::/0'), isWithin('::/0', '10.0.0.0/16')]).toEqual([true, false]);
  });

  it('are anywhere for IPv4 and IPv6', () => {
    expect(['0.0.0.0/0', '::/0', '10.0.0.0/8'].map(isAnywhere)).toEqual([true, true, false]);
  });
});

const of = (protocol: string | undefined, from_port?: number, to_port?: number) =>
  shownPorts(portsOf(protocol, { from_port, to_port }));

describe('ports of a rule', () => {
  it('are those of its protocol, by name or number', () => {
    expect([of('tcp', 443, 443), of('6', 1024, 65535), of('17', 53, 53), of('-1', 0, 0), of('all')]).toEqual([
      'tcp 443',
      'tcp 1024-65535',
      'udp 53',
      'all traffic',
      'all traffic',
    ]);
  });

  it('are all ports without a range or without ports in the protocol', () => {
    expect([of('tcp'), of('icmp', -1, -1), of('tcp', 0)]).toEqual([
      'tcp, all ports',
      'icmp, all ports',
      'tcp, all ports',
    ]);
    expect(shownPorts(tcp(0, 80))).toBe('tcp 0-80');
  });

  it('intersect', () => {
    expect(commonPorts(tcp(80, 443), tcp(443, 500))).toEqual(tcp(443));
    expect(commonPorts(anyPort, tcp(80))).toEqual(tcp(80));
    expect(commonPorts(tcp(80), anyPort)).toEqual(tcp(80));
    expect(commonPorts(tcp(80), tcp(81))).toBeUndefined();
    expect(commonPorts(tcp(80), { ...tcp(80), protocol: 'udp' })).toBeUndefined();
  });
});
