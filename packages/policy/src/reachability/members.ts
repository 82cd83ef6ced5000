import type { Model } from '../model/model';
import type { Resource } from '../model/subject';
import { valuesNamed, type Value } from '../model/value';
import { listenersOf } from './forwarding';
import { tcp, type Ports } from './ports';

export type MemberKind = 'load-balancer' | 'tasks' | 'endpoint' | 'other';

/** Something with addresses in subnets. */
export interface Member {
  readonly resource: Resource;
  readonly kind: MemberKind;
  readonly groups: readonly Resource[];
  readonly subnets: readonly Resource[];
  /** It has an address that the internet routes. */
  readonly publicAddress: boolean;
  /** Where it listens. @default - anywhere, as nothing says where not */
  readonly ports: readonly Ports[] | undefined;
}

const KINDS: Readonly<Record<string, MemberKind>> = {
  aws_lb: 'load-balancer',
  aws_alb: 'load-balancer',
  aws_ecs_service: 'tasks',
  aws_vpc_endpoint: 'endpoint',
};
const GROUP_KEYS = ['security_groups', 'security_group_ids', 'vpc_security_group_ids'];
const SUBNET_KEYS = ['subnets', 'subnet_ids', 'subnet_id'];
const PUBLIC_KEYS = ['assign_public_ip', 'associate_public_ip_address', 'publicly_accessible'];
/** They name groups, but are in no network. */
const NO_MEMBERS = new Set(['aws_security_group', 'aws_default_security_group', 'aws_security_group_rule']);

/** All that has a security group. */
export function membersIn(model: Model): readonly Member[] {
  return model.managed.flatMap((resource) => {
    if (NO_MEMBERS.has(resource.type)) return [];
    const groups = valuesNamed(resource.attributes, GROUP_KEYS);
    if (groups.length === 0) return [];
    return [memberOf(resource, groups, model)];
  });
}

function memberOf(resource: Resource, groups: readonly Value[], model: Model): Member {
  const { type, attributes, stack } = resource;
  const kind = KINDS[type] ?? 'other';
  const subnets = valuesNamed(attributes, SUBNET_KEYS);
  return {
    resource,
    kind,
    groups: resourcesIn(groups, stack, model),
    subnets: resourcesIn(subnets, stack, model).filter((one) => one.type === 'aws_subnet'),
    publicAddress:
      kind === 'load-balancer' ? attributes['internal'] !== true : valuesNamed(attributes, PUBLIC_KEYS).includes(true),
    ports:
      kind === 'load-balancer'
        ? listenersOf(resource, model).map(({ attributes: { port } }) => tcp(Number(port)))
        : undefined,
  };
}

function resourcesIn(values: readonly Value[], stack: string, model: Model): readonly Resource[] {
  return [...new Set(model.targets(values, stack).map(({ resource }) => resource))];
}
