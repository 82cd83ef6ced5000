import { between, type Connection, fromInternet } from '../reachability/connections';
import { forwards, type Member } from '../reachability/members';
import { memberFor, membersOf, type Network, networkOf, placesOutside } from '../reachability/network';
import type { NetworkAcl } from '../reachability/network-acls';
import { type Finding, rule } from '../rule';

export const serviceReachable = rule({
  id: 'service-reachable',
  severity: 'error',
  what: 'clients can reach a public load balancer, and the load balancer its tasks, through security groups, routes and network ACLs',
  why: 'Otherwise the deployment succeeds, but the service answers no request.',
  sources: [
    'R6.1',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
    'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-network-acls.html',
  ],
  appliesTo: (model) => membersOf(networkOf(model), 'load-balancer').map(({ resource }) => resource),
  check(resource, model) {
    const network = networkOf(model);
    const balancer = memberFor(resource, network);
    const tasks = membersOf(network, 'tasks').filter((member) => forwards(resource, member.resource, model));
    return [
      ...(balancer.publicAddress
        ? unless(network, 'from the internet', [balancer], (one) => fromInternet(balancer, one))
        : []),
      ...tasks.flatMap((member) =>
        unless(network, `to ${member.resource.path}`, [balancer, member], (one) => between(balancer, member, one)),
      ),
    ];
  },
});

/**
 * The finding for a missing path, with the resources that block it; none if there is a path, or if members are in another configuration.
 */
function unless(
  network: Network,
  where: string,
  members: readonly Member[],
  ways: (network: Network) => readonly Connection[],
): Finding[] {
  const isOpenWithout = (acls: readonly NetworkAcl[]) => {
    const left = [...network.acls].filter(([, acl]) => !acls.includes(acl));
    return ways({ ...network, acls: new Map(left) }).length > 0;
  };
  if (isOpenWithout([])) return [];
  const unknown = placesOutside(...members);
  if (unknown.length > 0) return unknown;
  const acls = [...new Set(network.acls.values())];
  if (!isOpenWithout(acls)) {
    return [
      {
        got: `no path ${where}`,
        fix: 'allow the port of the listener or container in the security groups, and add routes',
      },
    ];
  }
  const alone = acls.filter((acl) => isOpenWithout([acl]));
  const names = (alone.length > 0 ? alone : acls).map(({ resource }) => resource.path);
  return [
    {
      got: `no path ${where} through ${names.join(' and ')}`,
      fix: 'allow requests, and responses to ports 1024 to 65535, in the network ACL',
    },
  ];
}
