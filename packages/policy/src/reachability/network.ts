import type { Model, Resource } from '../model/model';
import { type Member, type MemberKind, membersIn } from './members';
import { type NetworkAcl, networkAclsIn } from './network-acls';
import { type Permission, permissionsIn } from './permissions';
import { outsideOfPlan, type Unknown } from '../rule';
import { type Subnet, subnetsIn } from './routing';

/** The members of a network and its subnets and rules. */
export interface Network {
  readonly model: Model;
  readonly subnets: readonly Subnet[];
  readonly permissions: readonly Permission[];
  readonly members: readonly Member[];
  /** By subnet. @default - AWS's default ACL, which allows all traffic */
  readonly acls: ReadonlyMap<Resource, NetworkAcl>;
}

/** The network of a model, computed once per model. */
export function networkOf(model: Model): Network {
  return model.derive(build);
}

function build(model: Model): Network {
  const subnets = subnetsIn(model);
  const acls = networkAclsIn(model, subnets);
  return { model, subnets, permissions: permissionsIn(model), members: membersIn(model), acls };
}

/** The members of some kinds. */
export function membersOf({ members }: Network, ...kinds: readonly MemberKind[]): readonly Member[] {
  return members.filter(({ kind }) => kinds.includes(kind));
}

/** The member of a resource. */
export function memberFor(resource: Resource, { members }: Network): Member {
  return members.find((member) => member.resource === resource) as Member;
}

export function permissionsOf(
  { permissions }: Network,
  groups: readonly Resource[],
  direction: Permission['direction'],
): readonly Permission[] {
  return permissions.filter((one) => one.direction === direction && groups.includes(one.group));
}

export function subnetsOf({ subnets }: Network, member: Member): readonly Subnet[] {
  return subnets.filter(({ resource }) => member.subnets.includes(resource));
}

/** The addresses of a VPC. */
export function networksOf(vpc: Resource, model: Model): readonly string[] {
  const more = model
    .all('aws_vpc_ipv4_cidr_block_association')
    .filter((one) => model.behind(one, 'vpc_id').includes(vpc));
  return [vpc, ...more].map(({ attributes, stack }) => String(model.literal(attributes['cidr_block'], stack)));
}

/** The unknown findings for members with security groups or subnets of another configuration. */
export function placesOutside(...members: readonly Member[]): Unknown[] {
  return members.flatMap(({ resource, outside: [first, ...others] }) =>
    first === undefined ? [] : outsideOfPlan(first, ...others).map((one) => ({ ...one, subject: resource })),
  );
}

/**
 * Whether a plan does not show the peer: a security group or prefix list of another configuration, or a security group with other members.
 */
export function isElsewhere({ peer }: Permission, { members, model }: Network): boolean {
  if (model.source !== 'plan') return false;
  if (peer.kind === 'group') return !members.some(({ groups }) => groups.includes(peer.group));
  return peer.kind === 'unknown';
}
