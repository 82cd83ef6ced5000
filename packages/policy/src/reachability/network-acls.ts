import type { Model, Resource } from '../model/model';
import { at, type Attributes, blocks, shown } from '../model/value';
import type { Step } from './connections';
import type { Network } from './network';
import { commonPorts, isWithin, mayOverlap, type Ports, portsOf, shownPorts, tcp } from './ranges';
import type { Subnet } from './routing';

interface AclRule {
  /** What to change: the rule, or the list that it is written in. */
  readonly rule: Resource;
  readonly direction: 'ingress' | 'egress';
  readonly number: number;
  readonly allows: boolean;
  readonly ports: Ports;
  readonly cidr: string;
}

/** What a network ACL lets through, the lowest number first; all else it drops. */
export interface NetworkAcl {
  readonly resource: Resource;
  readonly rules: readonly AclRule[];
}

/** Where answers go: https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports */
const answers: Ports = tcp(1024, 65_535);

/** The ACL of each subnet. One without is under AWS's own default, which lets everything through. */
export function networkAclsIn(model: Model, subnets: readonly Subnet[]): ReadonlyMap<Resource, NetworkAcl> {
  const acls = model.all('aws_network_acl', 'aws_default_network_acl').map((resource) => aclOf(resource, model));
  return new Map(
    subnets.flatMap((subnet) => {
      const own = acls.find(({ resource }) => isFor(resource, subnet.resource, model));
      const acl = own ?? acls.find(({ resource }) => isDefaultOf(resource, subnet, model));
      return acl ? [[subnet.resource, acl]] : [];
    }),
  );
}

/**
 * The rule by which some of the traffic passes. A rule that drops only a part of it is passed over.
 * @returns undefined where all of it is dropped
 */
function passing(
  { rules }: NetworkAcl,
  direction: AclRule['direction'],
  cidr: string,
  ports: Ports,
): AclRule | undefined {
  const concerned = rules.filter(
    (one) => one.direction === direction && mayOverlap(one.cidr, cidr) && commonPorts(one.ports, ports),
  );
  const decided = concerned.find((one) => one.allows || (isWithin(cidr, one.cidr) && covers(one.ports, ports)));
  return decided?.allows ? decided : undefined;
}

function covers(outer: Ports, inner: Ports): boolean {
  const common = commonPorts(outer, inner);
  return (
    common !== undefined && common.protocol === inner.protocol && common.from === inner.from && common.to === inner.to
  );
}

function aclOf(resource: Resource, model: Model): NetworkAcl {
  const beside = model
    .all('aws_network_acl_rule')
    .filter((rule) => model.behind(rule, 'network_acl_id').includes(resource));
  const rules = [
    ...beside.flatMap((rule) =>
      rulesIn(rule.attributes, rule, rule.attributes['egress'] === true ? 'egress' : 'ingress'),
    ),
    ...(['ingress', 'egress'] as const).flatMap((direction) =>
      blocks(resource.attributes[direction]).flatMap((block) => rulesIn(block, resource, direction)),
    ),
  ];
  return { resource, rules: rules.sort((one, other) => one.number - other.number) };
}

/** As a resource: `rule_number`, `rule_action`; as a block: `rule_no`, `action`. */
function rulesIn(attributes: Attributes, rule: Resource, direction: AclRule['direction']): AclRule[] {
  const networks = [attributes['cidr_block'], attributes['ipv6_cidr_block']].filter(Boolean).map(shown);
  return networks.map((cidr) => ({
    rule,
    direction,
    number: Number(attributes['rule_number'] ?? attributes['rule_no']),
    allows: (attributes['rule_action'] ?? attributes['action']) === 'allow',
    ports: portsOf(attributes['protocol'], attributes),
    cidr,
  }));
}

function isFor(acl: Resource, subnet: Resource, model: Model): boolean {
  const associated = model
    .all('aws_network_acl_association')
    .filter((one) => model.behind(one, 'network_acl_id').includes(acl))
    .flatMap((one) => model.behind(one, 'subnet_id'));
  return [...model.behind(acl, 'subnet_ids'), ...associated].includes(subnet);
}

function isDefaultOf(acl: Resource, { vpc }: Subnet, model: Model): boolean {
  if (acl.type !== 'aws_default_network_acl' || !vpc) return false;
  return model
    .targets(at(acl.attributes, 'default_network_acl_id'), acl.stack)
    .some(({ resource }) => resource === vpc);
}

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
