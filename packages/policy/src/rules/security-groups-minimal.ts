import { forwards, type Member, taskPorts } from '../reachability/members';
import {
  isElsewhere,
  memberFor,
  membersOf,
  type Network,
  networkOf,
  permissionsOf,
  placesOutside,
} from '../reachability/network';
import { peerText, type Permission } from '../reachability/permissions';
import { shownPorts } from '../reachability/ranges';
import { type Finding, outsideOfPlan, rule } from '../rule';

const HTTPS = 443;

export const securityGroupsMinimal = rule({
  id: 'security-groups-minimal',
  severity: 'error',
  what: 'between load balancer, tasks and endpoints, only the ports that they use are open',
  why: 'An attacker in one of them can use every open connection.',
  sources: ['R1.3', 'R11.3', 'https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html'],
  appliesTo: (model) => {
    const network = networkOf(model);
    const tasks = membersOf(network, 'tasks');
    return tasks.length === 0
      ? []
      : membersOf(network, 'load-balancer', 'tasks', 'endpoint').map(({ resource }) => resource);
  },
  check(resource, model) {
    const network = networkOf(model);
    const member = memberFor(resource, network);
    const found =
      member.kind === 'load-balancer'
        ? ofBalancer(member, network)
        : member.kind === 'tasks'
          ? ofTasks(member, network)
          : ofEndpoint(member, network);
    return [...found, ...placesOutside(member)];
  },
});

/** A load balancer sends requests and health checks to its tasks. */
function ofBalancer({ resource, groups }: Member, network: Network): Finding[] {
  const served = membersOf(network, 'tasks').filter((one) => forwards(resource, one.resource, network.model));
  if (served.length === 0) return [];
  const ports = served.flatMap((one) => taskPorts(one.resource, network.model));
  return permissionsOf(network, groups, 'egress')
    .filter((one) => !ports.some((port) => isOn(one, port)) || !isAmong(one, served, network))
    .flatMap((one) =>
      ports.some((port) => isOn(one, port)) && isElsewhere(one, network)
        ? elsewhere(one, 'to')
        : finding(one, 'to', `let it send to its tasks only, on tcp ${[...new Set(ports)].join(', tcp ')}`),
    );
}

/** The rule egress-restricted checks other destinations. */
function ofTasks({ groups }: Member, network: Network): Finding[] {
  return permissionsOf(network, groups, 'egress')
    .filter((one) => (one.peer.kind === 'group' || one.peer.kind === 'service') && !isOn(one, HTTPS))
    .map((one) => finding(one, 'to', `let tasks call AWS on tcp ${HTTPS} only`));
}

/** An endpoint only responds to tasks. */
function ofEndpoint({ groups }: Member, network: Network): Finding[] {
  const tasks = membersOf(network, 'tasks');
  return [
    ...permissionsOf(network, groups, 'ingress')
      .filter((one) => !isOn(one, HTTPS) || !isAmong(one, tasks, network))
      .flatMap((one) =>
        isOn(one, HTTPS) && isElsewhere(one, network)
          ? elsewhere(one, 'from')
          : finding(one, 'from', `let it admit tasks only, on tcp ${HTTPS}`),
      ),
    ...permissionsOf(network, groups, 'egress').map((one) =>
      finding(one, 'to', 'give endpoints a group without egress rules: they only answer'),
    ),
  ];
}

function isOn({ ports }: Permission, port: number): boolean {
  return ports.protocol === 'tcp' && ports.from === port && ports.to === port;
}

/** Whether the peer is a security group whose members are all in the list. */
function isAmong({ peer }: Permission, members: readonly Member[], network: Network): boolean {
  if (peer.kind !== 'group') return false;
  return network.members.filter(({ groups }) => groups.includes(peer.group)).every((one) => members.includes(one));
}

function elsewhere({ rule: subject, ports, peer }: Permission, way: string): Finding[] {
  return outsideOfPlan(`${shownPorts(ports)} ${way} ${peerText(peer)}`).map((one) => ({ ...one, subject }));
}

function finding({ rule: subject, ports, peer }: Permission, way: string, fix: string): Finding {
  return { subject, got: `${shownPorts(ports)} ${way} ${peerText(peer)}`, fix };
}
