import { overlap, parseCidr } from '@nightshift/config';
import { oncePerText } from '../model/once-per-text';
import type { Attributes, Value } from '../model/value';

const ANYWHERE = ['0.0.0.0/0', '::/0'];

const networkIn = oncePerText(parseCidr);

export function isAnywhere(cidr: string): boolean {
  return ANYWHERE.includes(cidr);
}

/**
 * Whether two networks may share an address. If one cannot be parsed, such as IPv6, the result is true, except for `::/0` and equal texts.
 */
export function mayOverlap(one: string, other: string): boolean {
  if (isIpv6(one) !== isIpv6(other)) return false;
  const [first, second] = [networkIn(one), networkIn(other)];
  return first && second ? overlap(first, second) : true;
}

/** Whether a network is within another one. */
export function isWithin(inner: string, outer: string): boolean {
  const [first, second] = [networkIn(inner), networkIn(outer)];
  if (!first || !second) return inner === outer;
  return second.first <= first.first && first.last <= second.last;
}

function isIpv6(cidr: string): boolean {
  return cidr.includes(':');
}

/** Ports of one protocol. `all` is every protocol, and so every port. */
export interface Ports {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

const LAST = 65_535;

export const anyPort: Ports = { protocol: 'all', from: 0, to: LAST };

export function tcp(from: number, to = from): Ports {
  return { protocol: 'tcp', from, to };
}

/**
 * Of a rule of a security group. `-1` is every protocol.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpPermission.html
 */
export function portsOf(protocol: Value | undefined, { from_port: from, to_port: to }: Attributes): Ports {
  const name = PROTOCOLS[String(protocol)] ?? String(protocol);
  if (name === 'all') return anyPort;
  // ICMP has types where others have ports; no service listens on them.
  const numbered = typeof from === 'number' && typeof to === 'number' && from >= 0;
  return { protocol: name, from: numbered ? from : 0, to: numbered ? to : LAST };
}

/** https://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml */
const PROTOCOLS: Readonly<Record<string, string>> = { '-1': 'all', '1': 'icmp', '6': 'tcp', '17': 'udp' };

/** @returns undefined if they do not intersect */
export function commonPorts(one: Ports, other: Ports): Ports | undefined {
  const protocol = one.protocol === 'all' ? other.protocol : one.protocol;
  if (other.protocol !== 'all' && protocol !== other.protocol) return undefined;
  const [from, to] = [Math.max(one.from, other.from), Math.min(one.to, other.to)];
  return from <= to ? { protocol, from, to } : undefined;
}

/** `tcp 443`, `tcp 1024-65535`, `all traffic`. */
export function shownPorts({ protocol, from, to }: Ports): string {
  if (protocol === 'all') return 'all traffic';
  if (from === to) return `${protocol} ${from}`;
  return from === 0 && to === LAST ? `${protocol}, all ports` : `${protocol} ${from}-${to}`;
}
