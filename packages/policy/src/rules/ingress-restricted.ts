import type { Model } from '../model/model';
import { listenersOf } from '../reachability/members';
import { memberFor, membersOf, networkOf, permissionsOf, placesOutside } from '../reachability/network';
import { peerText, type Permission } from '../reachability/permissions';
import { shownPorts } from '../reachability/ranges';
import { rule } from '../rule';

export const ingressRestricted = rule({
  id: 'ingress-restricted',
  severity: 'error',
  what: 'a load balancer accepts traffic only on the ports of its listeners, and only from the networks in the environment file',
  why: 'A port that is open without a listener exposes any later listener, and a test listener shows a version that is not released.',
  sources: [
    'R1.3',
    'R6.1',
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-update-security-groups.html',
  ],
  appliesTo: (model) => membersOf(networkOf(model), 'load-balancer').map(({ resource }) => resource),
  check(resource, model) {
    const network = networkOf(model);
    const member = memberFor(resource, network);
    const listened = listenersOf(resource, model).map(({ attributes }) => Number(attributes['port']));
    const found = permissionsOf(network, member.groups, 'ingress').flatMap((permission) => {
      const { rule: subject, ports, peer } = permission;
      const got = `${shownPorts(ports)} from ${peerText(peer)}`;
      if (ports.protocol !== 'tcp' || ports.from !== ports.to || !listened.includes(ports.from)) {
        return [{ subject, got, fix: `allow only the ports of its listeners: tcp ${listened.join(', tcp ')}` }];
      }
      return allowed(permission, model)
        ? []
        : [{ subject, got, fix: 'add the network to loadBalancer of the environment file, or remove the rule' }];
    });
    return [...found, ...placesOutside(member)];
  },
});

function allowed({ peer, ports }: Permission, { environment }: Model): boolean {
  if (!environment) return true;
  const { testListener, allowedCidrs } = environment.loadBalancer;
  const networks = ports.from === testListener.port ? testListener.allowedCidrs : allowedCidrs;
  return peer.kind === 'network' && networks.includes(peer.cidr);
}
