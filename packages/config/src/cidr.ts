import ipaddr from 'ipaddr.js';

/** An IPv4 network: its first and last address as numbers, and its prefix length in bits. */
export interface Cidr {
  readonly first: number;
  readonly last: number;
  readonly prefixLength: number;
}

/** Reads `10.0.0.0/16`; returns undefined for an invalid IPv4 network, or an address with host bits. */
export function parseCidr(text: string): Cidr | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return undefined;
  const [address, prefixLength] = ipaddr.IPv4.parseCIDR(text);
  const first = toNumber(address);
  const size = 2 ** (32 - prefixLength);
  return first % size === 0 ? { first, last: first + size - 1, prefixLength } : undefined;
}

/** True when two networks share an address. */
export function overlap(one: Cidr, other: Cidr): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** The same for two texts; false if one is not a network. */
export function overlapping(one: string, other: string): boolean {
  const networks = [parseCidr(one), parseCidr(other)] as const;
  return networks[0] !== undefined && networks[1] !== undefined && overlap(networks[0], networks[1]);
}

/** True when all addresses of a network are in another one. */
export function inside(inner: string, outer: string): boolean {
  const networks = [parseCidr(inner), parseCidr(outer)] as const;
  return (
    networks[0] !== undefined &&
    networks[1] !== undefined &&
    networks[1].first <= networks[0].first &&
    networks[0].last <= networks[1].last
  );
}

function toNumber(address: ipaddr.IPv4): number {
  return address.toByteArray().reduce((number, byte) => number * 256 + byte, 0);
}
