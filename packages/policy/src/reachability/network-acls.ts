import type { Model, Resource } from '../model/model';
import { at, type Attributes, blocks, shown } from '../model/value';
import { commonPorts, isWithin, mayOverlap, type Ports, portsOf } from './ranges';
import type { Subnet } from './routing';

interface AclRule {
  /** The resource to change: the rule, or the ACL with the inline rule. */
  readonly rule: Resource;
  readonly direction: 'ingress' | 'egress';
  readonly number: number;
  readonly allows: boolean;
  readonly ports: Ports;
  readonly cidr: string;
}

/** The rules of a network ACL, the lowest number first. It drops all other traffic. */
export interface NetworkAcl {
  readonly resource: Resource;
  readonly rules: readonly AclRule[];
}

/** The ACL of each subnet. A subnet without one has the default ACL of AWS, which allows all traffic. */
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
 * The rule that allows some of the traffic. Ignores a rule that drops only a part of it.
 * @returns undefined if all of it is dropped
 */
export function passing(
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
