import { serviceOfName } from '../aws/endpoint-needs';
import type { Model, Resource } from '../model/model';
import { type Attributes, blocks, texts, type Value } from '../model/value';
import { type Ports, portsOf } from './ranges';

/** The other side of a rule of a security group. */
export type Peer =
  | { readonly kind: 'network'; readonly cidr: string }
  | { readonly kind: 'group'; readonly group: Resource }
  /** The addresses of an AWS service in the region: `s3`. */
  | { readonly kind: 'service'; readonly service: string }
  /** Something that the model does not hold: a group or list of another configuration. */
  | { readonly kind: 'unknown'; readonly text: string };

/** One allowed direction, peer and port range of a security group. */
export interface Permission {
  /** The resource to change: the rule, or the security group with the inline rule. */
  readonly rule: Resource;
  readonly group: Resource;
  readonly direction: 'ingress' | 'egress';
  readonly ports: Ports;
  readonly peer: Peer;
}

/** The text of a peer in messages. */
export function peerText(peer: Peer): string {
  switch (peer.kind) {
    case 'network':
      return peer.cidr;
    case 'group':
      return `group ${peer.group.path}`;
    case 'service':
      return `service ${peer.service}`;
    case 'unknown':
      return peer.text;
  }
}

const GROUPS = ['aws_security_group', 'aws_default_security_group'] as const;

/** The permissions of all security groups, in any of Terraform's four forms. */
export function permissionsIn(model: Model): readonly Permission[] {
  return [
    ...single(model, 'aws_vpc_security_group_ingress_rule', 'ingress'),
    ...single(model, 'aws_vpc_security_group_egress_rule', 'egress'),
    ...model.all('aws_security_group_rule').flatMap((rule) => {
      const direction = rule.attributes['type'] === 'ingress' ? 'ingress' : 'egress';
      return groupsOf(rule, model).flatMap((group) => inBlock(rule.attributes, { rule, group, direction }, model));
    }),
    ...model
      .all(...GROUPS)
      .flatMap((group) =>
        (['ingress', 'egress'] as const).flatMap((direction) =>
          blocks(group.attributes[direction]).flatMap((block) =>
            inBlock(block, { rule: group, group, direction }, model),
          ),
        ),
      ),
  ];
}

function single(model: Model, type: string, direction: Permission['direction']): Permission[] {
  return model.all(type).flatMap((rule) => {
    const { attributes, stack } = rule;
    const given = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'];
    const ports = portsOf(attributes['ip_protocol'], attributes);
    const peers = given.flatMap((name) => peersOf(name, attributes[name], stack, model));
    return groupsOf(rule, model).flatMap((group) => peers.map((peer) => ({ rule, group, direction, ports, peer })));
  });
}

function inBlock(
  block: Attributes,
  common: Pick<Permission, 'rule' | 'group' | 'direction'>,
  model: Model,
): Permission[] {
  const given = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids', 'security_groups', 'source_security_group_id'];
  const { stack } = common.rule;
  const itself: Peer[] = block['self'] === true ? [{ kind: 'group', group: common.group }] : [];
  const peers = [...itself, ...given.flatMap((name) => peersOf(name, block[name], stack, model))];
  const ports = portsOf(block['protocol'], block);
  return peers.map((peer) => ({ ...common, ports, peer }));
}

function groupsOf(rule: Resource, model: Model): readonly Resource[] {
  return model.behind(rule, 'security_group_id').filter(({ type }) => (GROUPS as readonly string[]).includes(type));
}

function peersOf(attribute: string, value: Value | undefined, stack: string, model: Model): Peer[] {
  return texts(value).map((text) => {
    if (attribute.includes('cidr')) return { kind: 'network', cidr: String(model.literal(text, stack)) };
    const [target] = model.targets(text, stack);
    if (!target) return { kind: 'unknown', text };
    const { resource } = target;
    if (attribute.includes('group')) return { kind: 'group', group: resource };
    return { kind: 'service', service: serviceOf(resource, model) };
  });
}

/** The service of a prefix list or gateway endpoint: the last part of `com.amazonaws.<region>.s3`. */
function serviceOf({ attributes, stack }: Resource, model: Model): string {
  return serviceOfName(String(model.literal(attributes['name'] ?? attributes['service_name'], stack)));
}
