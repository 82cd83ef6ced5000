import { shownPorts, type Ports } from './ports';
import type { Step } from './connection';
import type { Network } from './network';
import { answers, passing } from './network-acls';
import type { Subnet } from './routing';

/**
 * What network ACLs say to a request between two subnets, and to its answer: they know no connections. The subnet's own traffic does
 * not pass them. @returns undefined where one drops the request or the answer
 */
export function crossing(from: Subnet, to: Subnet, ports: Ports, network: Network): readonly Step[] | undefined {
  if (from.resource === to.resource) return [];
  const out = leaving(from, addressesOf(to), ports, network);
  const into = entering(to, addressesOf(from), ports, network);
  return out && into && [...out, ...into];
}

/** A request from a subnet to a network, and the answer. @returns undefined where its ACL drops one of them */
export function leaving(subnet: Subnet, cidr: string, ports: Ports, network: Network): readonly Step[] | undefined {
  return under(subnet, network, 'egress', cidr, ports);
}

/** A request from a network to a subnet, and the answer. @returns undefined where its ACL drops one of them */
export function entering(subnet: Subnet, cidr: string, ports: Ports, network: Network): readonly Step[] | undefined {
  return under(subnet, network, 'ingress', cidr, ports);
}

function under(
  { resource }: Subnet,
  { acls }: Network,
  direction: 'ingress' | 'egress',
  cidr: string,
  ports: Ports,
): readonly Step[] | undefined {
  const acl = acls.get(resource);
  if (!acl) return [];
  const request = passing(acl, direction, cidr, ports);
  const answer = passing(acl, direction === 'ingress' ? 'egress' : 'ingress', cidr, answers);
  if (!request || !answer) return undefined;
  const way = direction === 'ingress' ? 'in from' : 'out to';
  return [
    { by: request.rule, does: `lets ${shownPorts(request.ports)} ${way} ${request.cidr}, by ${acl.resource.path}` },
  ];
}

/** Where it is not known yet, it may be anywhere. */
function addressesOf({ cidr }: Subnet): string {
  return cidr ?? '0.0.0.0/0';
}
