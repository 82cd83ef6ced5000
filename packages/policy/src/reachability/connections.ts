import { serviceOfName } from '../aws/endpoint-needs';
import type { Model, Resource } from '../model/model';
import type { Member } from './members';
import { type Network, networksOf, permissionsOf, subnetsOf } from './network';
import { passing } from './network-acls';
import type { Peer, Permission } from './permissions';
import { anyPort, commonPorts, isAnywhere, isWithin, mayOverlap, type Ports, shownPorts, tcp } from './ranges';
import type { Route, Subnet } from './routing';

/** The ports of responses: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports */
const answers: Ports = tcp(1024, 65_535);

/** One reason why traffic passes: a resource and its setting. */
export interface Step {
  readonly by: Resource;
  readonly does: string;
}

/** One direct connection from one place to another. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly ports: Ports;
  readonly steps: readonly Step[];
}

/** Consecutive connections, such as through a load balancer. */
export type Path = readonly [Connection, ...Connection[]];

/** A path as text lines: its places and the reasons. */
export function describePath(path: Path): readonly string[] {
  const [first] = path;
  const route = path.map(({ to, ports }) => ` -> ${to} (${shownPorts(ports)})`).join('');
  const steps = path.flatMap((connection) => connection.steps);
  return [`${first.from}${route}`, ...steps.map(({ by, does }) => `  ${by.path}: ${does}`)];
}

export const INTERNET = 'internet';

const ANYWHERE = '0.0.0.0/0';

/** Connections from the internet to a resource with a public address, a route back, and security groups and ACLs that allow the traffic. */
export function fromInternet(member: Member, network: Network): readonly Connection[] {
  if (!member.publicAddress) return [];
  const open: Step = { by: member.resource, does: 'has a public address' };
  return outside(permissionsOf(network, member.groups, 'ingress'), member, network).flatMap(({ permission, cidr }) =>
    listening(permission.ports, member).flatMap((ports) => {
      const way = first(subnetsOf(network, member), (subnet) => {
        const route = routeTo(subnet, 'aws_internet_gateway', ANYWHERE);
        const passed = route && entering(subnet, cidr, ports, network);
        return passed && [leads(route, subnet), ...passed];
      });
      const steps = way && [open, ...way, admits(permission, cidr)];
      return steps ? [{ from: INTERNET, to: member.resource.path, ports, steps }] : [];
    }),
  );
}

/** Connections from a resource to the internet: security groups and ACLs allow the traffic, and its subnet has a route. */
export function toInternet(member: Member, network: Network): readonly Connection[] {
  return outside(permissionsOf(network, member.groups, 'egress'), member, network).flatMap(({ permission, cidr }) => {
    const { ports } = permission;
    const way = first(subnetsOf(network, member), (subnet) => {
      const passed = leaving(subnet, cidr, ports, network);
      const route = passed && (natFor(subnet, cidr, ports, network) ?? publicRoute(subnet, cidr, member));
      return route && [...passed, leads(route, subnet)];
    });
    if (!way) return [];
    return [{ from: member.resource.path, to: INTERNET, ports, steps: [admits(permission, cidr), ...way] }];
  });
}

/** Connections between two resources in a VPC: the security groups on both sides and the ACLs allow the same ports. */
export function between(from: Member, to: Member, network: Network): readonly Connection[] {
  if (from === to) return [];
  return permissionsOf(network, from.groups, 'egress')
    .filter(({ peer }) => means(peer, to, network))
    .flatMap((out) =>
      permissionsOf(network, to.groups, 'ingress')
        .filter(({ peer }) => means(peer, from, network))
        .flatMap((into) => {
          const ports = commonPorts(out.ports, into.ports);
          const admitted = [admits(out, to.resource.path), admits(into, from.resource.path)];
          return (ports ? listening(ports, to) : []).flatMap((one) => {
            const passed = across(from, to, one, network);
            return passed
              ? [{ from: from.resource.path, to: to.resource.path, ports: one, steps: [...admitted, ...passed] }]
              : [];
          });
        }),
    );
}

/**
 * Connections to an AWS service through its gateway endpoint: security groups and ACLs allow the traffic, and the route tables of the
 * subnets contain the endpoint.
 */
export function toGateway(member: Member, endpoint: Resource, network: Network): readonly Connection[] {
  const { model } = network;
  const tables = model.behind(endpoint, 'route_table_ids');
  const service = endpointService(endpoint, model);
  return permissionsOf(network, member.groups, 'egress')
    .filter(({ peer }) =>
      peer.kind === 'service' ? peer.service === service : peer.kind === 'network' && isAnywhere(peer.cidr),
    )
    .flatMap((permission) => {
      const way = first(subnetsOf(network, member), (subnet) => {
        const passed =
          subnet.table && tables.includes(subnet.table) && leaving(subnet, ANYWHERE, permission.ports, network);
        return passed
          ? [...passed, { by: endpoint, does: `is in the route table of ${subnet.resource.path}` }]
          : undefined;
      });
      const common = { from: member.resource.path, to: endpoint.path, ports: permission.ports };
      return way ? [{ ...common, steps: [admits(permission, service), ...way] }] : [];
    });
}

/** The service behind an endpoint: `s3`, `ecr.api`. */
export function endpointService({ attributes, stack }: Resource, model: Model): string {
  return serviceOfName(String(model.literal(attributes['service_name'], stack)));
}

/** Permissions for networks that are not all inside the VPC. */
function outside(permissions: readonly Permission[], member: Member, network: Network) {
  const inside = subnetsOf(network, member).flatMap(({ vpc }) => (vpc ? networksOf(vpc, network.model) : []));
  return permissions.flatMap((permission) => {
    const { peer } = permission;
    if (peer.kind !== 'network' || inside.some((own) => isWithin(peer.cidr, own))) return [];
    return [{ permission, cidr: peer.cidr }];
  });
}

function routeTo({ routes }: Subnet, gateway: string, cidr: string): Route | undefined {
  return routes.find(({ target, destination }) => target?.type === gateway && mayOverlap(destination, cidr));
}

/** A route to a NAT gateway in a subnet that allows the traffic. */
function natFor(subnet: Subnet, cidr: string, ports: Ports, network: Network): Route | undefined {
  const route = routeTo(subnet, 'aws_nat_gateway', cidr);
  const [home] = network.subnets.filter(
    ({ resource }) => route?.target && network.model.behind(route.target, 'subnet_id').includes(resource),
  );
  if (!home) return undefined;
  return crossing(subnet, home, ports, network) && leaving(home, cidr, ports, network) ? route : undefined;
}

function publicRoute(subnet: Subnet, cidr: string, { publicAddress }: Member): Route | undefined {
  return publicAddress ? routeTo(subnet, 'aws_internet_gateway', cidr) : undefined;
}

/** Two subnets of one VPC between which traffic passes. */
function across(from: Member, to: Member, ports: Ports, network: Network): readonly Step[] | undefined {
  return first(subnetsOf(network, from), (source) =>
    first(subnetsOf(network, to), (target) =>
      source.vpc === target.vpc ? crossing(source, target, ports, network) : undefined,
    ),
  );
}

function listening(ports: Ports, { ports: own = [anyPort] }: Member): readonly Ports[] {
  return own.flatMap((one) => commonPorts(ports, one) ?? []);
}

function means(peer: Peer, member: Member, network: Network): boolean {
  if (peer.kind === 'group') return member.groups.includes(peer.group);
  if (peer.kind !== 'network') return false;
  return subnetsOf(network, member).some(({ cidr }) => cidr === undefined || mayOverlap(peer.cidr, cidr));
}

function admits({ rule, direction, ports }: Permission, peer: string): Step {
  return { by: rule, does: `allows ${shownPorts(ports)} ${direction === 'ingress' ? 'from' : 'to'} ${peer}` };
}

function leads({ rule, destination, target }: Route, { resource }: Subnet): Step {
  return { by: rule, does: `routes ${destination} of ${resource.path} to ${String(target?.path)}` };
}

/** The first defined result. */
function first<Item, Result>(items: readonly Item[], give: (item: Item) => Result | undefined): Result | undefined {
  for (const item of items) {
    const result = give(item);
    if (result !== undefined) return result;
  }
  return undefined;
}

/**
 * The decisions of network ACLs on a request between two subnets and on its response, since ACLs are stateless. They do not apply within a
 * subnet. @returns undefined if one drops the request or the response
 */
function crossing(from: Subnet, to: Subnet, ports: Ports, network: Network): readonly Step[] | undefined {
  if (from.resource === to.resource) return [];
  const out = leaving(from, addressesOf(to), ports, network);
  const into = entering(to, addressesOf(from), ports, network);
  return out && into && [...out, ...into];
}

/** A request from a subnet to a network, and the response. @returns undefined if its ACL drops one of them */
function leaving(subnet: Subnet, cidr: string, ports: Ports, network: Network): readonly Step[] | undefined {
  return under(subnet, network, 'egress', cidr, ports);
}

/** A request from a network to a subnet, and the response. @returns undefined if its ACL drops one of them */
function entering(subnet: Subnet, cidr: string, ports: Ports, network: Network): readonly Step[] | undefined {
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
  const way = direction === 'ingress' ? 'from' : 'to';
  return [
    { by: request.rule, does: `allows ${shownPorts(request.ports)} ${way} ${request.cidr}, by ${acl.resource.path}` },
  ];
}

/** An unknown address can be any address. */
function addressesOf({ cidr }: Subnet): string {
  return cidr ?? '0.0.0.0/0';
}
