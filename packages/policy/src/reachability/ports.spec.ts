import { anyPort, commonPorts, portsOf, shownPorts, tcp } from './ports';

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

  it('are all, where none are given or the protocol has none', () => {
    expect([of('tcp'), of('icmp', -1, -1), of('tcp', 0)]).toEqual([
      'tcp, all ports',
      'icmp, all ports',
      'tcp, all ports',
    ]);
    expect(shownPorts(tcp(0, 80))).toBe('tcp 0-80');
  });

  it('have in common what both have', () => {
    expect(commonPorts(tcp(80, 443), tcp(443, 500))).toEqual(tcp(443));
    expect(commonPorts(anyPort, tcp(80))).toEqual(tcp(80));
    expect(commonPorts(tcp(80), anyPort)).toEqual(tcp(80));
    expect(commonPorts(tcp(80), tcp(81))).toBeUndefined();
    expect(commonPorts(tcp(80), { ...tcp(80), protocol: 'udp' })).toBeUndefined();
  });
});
