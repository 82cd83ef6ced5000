import { overlap, parseCidr } from '@nightshift/config';

const ANYWHERE = ['0.0.0.0/0', '::/0'];

export function isAnywhere(cidr: string): boolean {
  return ANYWHERE.includes(cidr);
}

/** Whether two networks share an address. Where one cannot be read, such as IPv6, they may: `::/0` and the text itself aside. */
export function mayOverlap(one: string, other: string): boolean {
  if (isIpv6(one) !== isIpv6(other)) return false;
  const [first, second] = [parseCidr(one), parseCidr(other)];
  return first && second ? overlap(first, second) : true;
}

/** Whether all of a network is in another. */
export function isWithin(inner: string, outer: string): boolean {
  const [first, second] = [parseCidr(inner), parseCidr(outer)];
  if (!first || !second) return inner === outer;
  return second.first <= first.first && first.last <= second.last;
}

function isIpv6(cidr: string): boolean {
  return cidr.includes(':');
}
