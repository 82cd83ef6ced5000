import { serviceOfName } from '../aws/service-name';
import type { Model } from '../model/model';
import type { Resource } from '../model/subject';
import { isAnywhere, isWithin, mayOverlap } from './address-range';
import type { Connection, Step } from './connection';
import type { Member } from './members';
import { networksOf, permissionsOf, subnetsOf, type Network } from './network';
import type { Peer, Permission } from './permissions';
import { anyPort, commonPorts, shownPorts, type Ports } from './ports';
import type { Subnet } from './routing';

export const INTERNET = 'internet';

/** Ways from the internet to something: it has an address there, its subnet has a way back, and its groups let it in. */
export function fromInternet(member: Member, network: Network): readonly Connection[] {
  if (!member.publicAddress) return [];
  const gateway = routeOut(member, network, 'aws_internet_gateway', '0.0.0.0/0');
  if (!gateway) return [];
  const open: Step = { by: member.resource, does: 'has a public address' };
  return outside(permissionsOf(network, member.groups, 'ingress'), member, network).flatMap(({ permission, cidr }) =>
    listening(permission.ports, member).map((ports) => ({
      from: INTERNET,
      to: member.resource.path,
      ports,
      steps: [open, gateway, admits(permission, cidr)],
    })),
  );
}

/** Ways from something to the internet: its groups let it out, and its subnet has a route. */
export function toInternet(member: Member, network: Network): readonly Connection[] {
  return outside(permissionsOf(network, member.groups, 'egress'), member, network).flatMap(({ permission, cidr }) => {
    const nat = routeOut(member, network, 'aws_nat_gateway', cidr);
    const route = nat ?? (member.publicAddress ? routeOut(member, network, 'aws_internet_gateway', cidr) : undefined);
    if (!route) return [];
    const steps = [admits(permission, cidr), route];
    return [{ from: member.resource.path, to: INTERNET, ports: permission.ports, steps }];
  });
}

/** Ways between two things in a VPC: one's groups let it out, the other's let it in, on the same ports. */
export function between(from: Member, to: Member, network: Network): readonly Connection[] {
  if (from === to || !sameVpc(from, to, network)) return [];
  return permissionsOf(network, from.groups, 'egress')
    .filter(({ peer }) => means(peer, to, network))
    .flatMap((out) =>
      permissionsOf(network, to.groups, 'ingress')
        .filter(({ peer }) => means(peer, from, network))
        .flatMap((into) => {
          const ports = commonPorts(out.ports, into.ports);
          const steps = [admits(out, to.resource.path), admits(into, from.resource.path)];
          const open = ports ? listening(ports, to) : [];
          return open.map((one) => ({ from: from.resource.path, to: to.resource.path, ports: one, steps }));
        }),
    );
}

/** Ways to an AWS service by its gateway endpoint: the groups let traffic out, and the subnets' route tables lead to it. */
export function toGateway(member: Member, endpoint: Resource, network: Network): readonly Connection[] {
  const { model } = network;
  const tables = model.behind(endpoint, 'route_table_ids');
  const led = subnetsOf(network, member).find(({ table }) => table && tables.includes(table));
  if (!led) return [];
  const service = endpointService(endpoint, model);
  return permissionsOf(network, member.groups, 'egress')
    .filter(({ peer }) =>
      peer.kind === 'service' ? peer.service === service : peer.kind === 'network' && isAnywhere(peer.cidr),
    )
    .map((permission) => ({
      from: member.resource.path,
      to: endpoint.path,
      ports: permission.ports,
      steps: [admits(permission, service), { by: endpoint, does: `is in the route table of ${led.resource.path}` }],
    }));
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

function routeOut(member: Member, network: Network, gateway: string, cidr: string): Step | undefined {
  for (const { resource, routes } of subnetsOf(network, member)) {
    const route = routes.find(({ target, destination }) => target?.type === gateway && mayOverlap(destination, cidr));
    if (route) {
      return {
        by: route.rule,
        does: `leads ${route.destination} of ${resource.path} to ${String(route.target?.path)}`,
      };
    }
  }
  return undefined;
}

function listening(ports: Ports, { ports: own = [anyPort] }: Member): readonly Ports[] {
  return own.flatMap((one) => commonPorts(ports, one) ?? []);
}

function means(peer: Peer, member: Member, network: Network): boolean {
  if (peer.kind === 'group') return member.groups.includes(peer.group);
  if (peer.kind !== 'network') return false;
  return subnetsOf(network, member).some(({ cidr }) => cidr === undefined || mayOverlap(peer.cidr, cidr));
}

function sameVpc(one: Member, other: Member, network: Network): boolean {
  const vpcs = (member: Member) => subnetsOf(network, member).map(({ vpc }: Subnet) => vpc);
  const own = vpcs(one);
  return vpcs(other).some((vpc) => own.includes(vpc));
}

function admits({ rule, direction, ports }: Permission, peer: string): Step {
  return { by: rule, does: `lets ${shownPorts(ports)} ${direction === 'ingress' ? 'in from' : 'out to'} ${peer}` };
}
