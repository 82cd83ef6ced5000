import type { Model, Resource } from '../model/model';
import { shown } from '../model/value';
import { networkOf, networksOf } from '../reachability/network';
import { isAnywhere, isWithin, mayOverlap } from '../reachability/ranges';
import type { Route, Subnet } from '../reachability/routing';
import { type Finding, outsideOfPlan, rule } from '../rule';

const ZONES = 3;

export const threeAvailabilityZones = rule({
  id: 'three-availability-zones',
  severity: 'error',
  what: 'a VPC has a public and a private subnet in each of three zones, without overlap, each with its own route out',
  why: 'With fewer zones, the failure of one zone stops the service. A subnet without a route table uses the main route table of the VPC.',
  sources: ['R1.1', 'R1.2', 'https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html'],
  appliesTo: (model) => model.all('aws_vpc'),
  check(vpc, model) {
    const subnets = networkOf(model).subnets.filter((subnet) => subnet.vpc === vpc);
    const open = subnets.filter(isPublic);
    const closed = subnets.filter((subnet) => !isPublic(subnet));
    return [
      ...(subnets.some(({ outside }) => outside.length > 0)
        ? []
        : [...counted('public', open), ...counted('private', closed)]),
      ...subnets.flatMap((subnet) => [
        ...placed(subnet, subnets, networksOf(vpc, model)),
        ...unrouted(subnet),
        ...subnet.outside.flatMap((what) => outsideOfPlan(what).map((one) => ({ ...one, subject: subnet.resource }))),
      ]),
      ...closed.filter(({ outside }) => outside.length === 0).flatMap((subnet) => withoutNat(subnet, open, model)),
    ];
  },
});

/** Whether the subnet has a route to an internet gateway, regardless of its name. */
function isPublic({ routes }: Subnet): boolean {
  return defaultRoute(routes, 'aws_internet_gateway') !== undefined;
}

function defaultRoute(routes: readonly Route[], gateway: string): Route | undefined {
  return routes.find(({ destination, target }) => isAnywhere(destination) && target?.type === gateway);
}

function counted(kind: string, subnets: readonly Subnet[]): Finding[] {
  const zones = new Set(subnets.map(({ zone }) => zone));
  if (subnets.length === ZONES && zones.size === ZONES) return [];
  return [
    {
      got: `${subnets.length} ${kind} subnets in ${zones.size} zones`,
      fix: `create ${ZONES}, each in its own zone`,
    },
  ];
}

function placed({ resource: subject, cidr }: Subnet, all: readonly Subnet[], networks: readonly string[]): Finding[] {
  if (cidr === undefined) return [];
  const inside = networks.some((network) => isWithin(cidr, network));
  const wrong = inside
    ? []
    : [{ subject, got: `${cidr}, which is outside of ${networks.join(', ')}`, fix: 'use a part of the VPC network' }];
  // Reports each pair once.
  const before = all.slice(
    0,
    all.findIndex(({ resource }) => resource === subject),
  );
  const shared = before.filter((other) => other.cidr !== undefined && mayOverlap(cidr, other.cidr));
  return [
    ...wrong,
    ...shared.map((other) => ({
      subject,
      got: `${cidr}, which overlaps ${shown(other.cidr)} of ${other.resource.path}`,
      fix: 'use another part',
    })),
  ];
}

function unrouted({ resource: subject, table, outside }: Subnet): Finding[] {
  return table || outside.length > 0 ? [] : [{ subject, got: 'no route table', fix: 'associate it with one' }];
}

function withoutNat({ resource: subject, routes, zone }: Subnet, open: readonly Subnet[], model: Model): Finding[] {
  const nat = defaultRoute(routes, 'aws_nat_gateway')?.target;
  if (!nat && model.environment?.network.natGateways === 'none') return [];
  if (!nat) return [{ subject, got: 'no route to a NAT gateway', fix: 'route 0.0.0.0/0 to one' }];
  const home = open.find(({ resource }) => model.behind(nat, 'subnet_id').includes(resource));
  if (!home) return [{ subject, got: `a route to ${nat.path}, which is in no public subnet`, fix: 'move it into one' }];
  if (home.zone === zone || isSingle(nat, model)) return [];
  return [
    {
      subject,
      got: `a route to ${nat.path} in another zone, ${home.zone}`,
      fix: `use the NAT gateway of ${zone}`,
    },
  ];
}

/** One NAT gateway for all zones: the environment file says so, or another platform has no second one. */
function isSingle(nat: Resource, model: Model): boolean {
  const wanted = model.environment ? model.environment.network.natGateways === 'single' : true;
  return wanted && model.all('aws_nat_gateway').every((other) => other === nat);
}
