import { deploymentGroupOf, targetGroupPair } from '../aws/blue-green';
import type { Model, Resource } from '../model/model';
import { blocks, type Value, valuesNamed } from '../model/value';
import { type Ports, tcp } from './ranges';

export type MemberKind = 'load-balancer' | 'tasks' | 'endpoint' | 'other';

/** A resource with addresses in subnets. */
export interface Member {
  readonly resource: Resource;
  readonly kind: MemberKind;
  readonly groups: readonly Resource[];
  readonly subnets: readonly Resource[];
  /** Whether it has a public address. */
  readonly publicAddress: boolean;
  /** Attributes with security groups or subnets of another configuration, which makes its connections unknown. */
  readonly outside: readonly string[];
  /** Its ports. @default - not known, so any port */
  readonly ports: readonly Ports[] | undefined;
}

const KINDS: Readonly<Record<string, MemberKind>> = {
  aws_lb: 'load-balancer',
  aws_ecs_service: 'tasks',
  aws_vpc_endpoint: 'endpoint',
};
const GROUP_KEYS = ['security_groups', 'security_group_ids', 'vpc_security_group_ids'];
const SUBNET_KEYS = ['subnets', 'subnet_ids', 'subnet_id'];
const PUBLIC_KEYS = ['assign_public_ip', 'associate_public_ip_address', 'publicly_accessible'];
/** Types that refer to security groups without network interfaces. */
const NO_MEMBERS = new Set(['aws_security_group', 'aws_default_security_group', 'aws_security_group_rule']);

/** All resources with security groups. */
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
    outside: [...GROUP_KEYS, ...SUBNET_KEYS].filter((key) =>
      valuesNamed(attributes, [key]).some((value) => model.isOutside(value, stack)),
    ),
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

export function listenersOf(loadBalancer: Resource, model: Model): readonly Resource[] {
  return model
    .all('aws_lb_listener')
    .filter((listener) => model.behind(listener, 'load_balancer_arn').includes(loadBalancer));
}

/** Whether a listener or listener rule of the load balancer sends requests to the service, now or after a release. */
export function forwards(loadBalancer: Resource, service: Resource, model: Model): boolean {
  const listeners = listenersOf(loadBalancer, model);
  const rules = model
    .all('aws_lb_listener_rule')
    .filter((one) => model.behind(one, 'listener_arn').some((listener) => listeners.includes(listener)));
  const served = new Set([...listeners, ...rules].flatMap((one) => targetGroupsIn(one, model)));
  const deployment = deploymentGroupOf(service, model);
  const own = [...targetGroupsIn(service, model), ...(deployment ? targetGroupPair(deployment, model) : [])];
  return own.some((group) => served.has(group));
}

/** The ports on which load balancers reach the tasks of a service: that of the container and, while it changes, the previous one. */
export function taskPorts(service: Resource, { environment }: Model): readonly number[] {
  const own = blocks(service.attributes['load_balancer']).map((block) => Number(block['container_port']));
  const previous = environment?.container.previousPort;
  return previous === undefined ? own : [...own, previous];
}

function targetGroupsIn({ attributes, stack }: Resource, model: Model): readonly Resource[] {
  return model
    .targets(valuesNamed(attributes, ['target_group_arn', 'arn']), stack)
    .map(({ resource }) => resource)
    .filter(({ type }) => type === 'aws_lb_target_group');
}
