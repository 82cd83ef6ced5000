import { fromInternet } from '../reachability/connections';
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

export const tasksBehindLoadBalancer = rule({
  id: 'tasks-behind-load-balancer',
  severity: 'error',
  what: 'only the load balancer can be reached from the internet, and only the load balancer reaches tasks, on the port of the container',
  why: 'A direct request to a task bypasses TLS, the access log and the health check.',
  sources: ['R1.3', 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-18'],
  appliesTo: (model) => membersOf(networkOf(model), 'tasks', 'endpoint', 'other').map(({ resource }) => resource),
  check(resource, model) {
    const network = networkOf(model);
    const member = memberFor(resource, network);
    return [
      ...fromOutside(member, network),
      ...(member.kind === 'tasks' ? fromOthers(member, network) : []),
      ...placesOutside(member),
    ];
  },
});

function fromOutside(member: Member, network: Network): Finding[] {
  return fromInternet(member, network).map(({ ports, steps }) => ({
    got: `${shownPorts(ports)} from the internet, as ${steps.map(({ by, does }) => `${by.path} ${does}`).join(', ')}`,
    fix: 'remove its public address; clients use the load balancer',
  }));
}

function fromOthers(member: Member, network: Network): Finding[] {
  return permissionsOf(network, member.groups, 'ingress').flatMap((permission): Finding[] => {
    const { rule: subject, ports } = permission;
    const got = `${shownPorts(ports)} from ${peerText(permission.peer)}`;
    if (isElsewhere(permission, network))
      return outsideOfPlan(`the source of ${got}`).map((one) => ({ ...one, subject }));
    if (!isLoadBalancerOf(permission, member, network)) {
      return [{ subject, got, fix: 'allow only the security group of the load balancer' }];
    }
    const own = taskPorts(member.resource, network.model);
    const narrow = ports.protocol === 'tcp' && own.some((port) => ports.from === port && ports.to === port);
    return narrow ? [] : [{ subject, got, fix: `allow only tcp ${own.join(', ')}` }];
  });
}

/** Whether a security group contains only load balancers that send requests to the tasks. */
function isLoadBalancerOf({ peer }: Permission, tasks: Member, { members, model }: Network): boolean {
  if (peer.kind !== 'group') return false;
  const inside = members.filter(({ groups }) => groups.includes(peer.group));
  return (
    inside.length > 0 &&
    inside.every(({ kind, resource }) => kind === 'load-balancer' && forwards(resource, tasks.resource, model))
  );
}
