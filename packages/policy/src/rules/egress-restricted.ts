import type { Environment } from '@nightshift/config';
import { toGateway, toInternet } from '../reachability/connections';
import type { Member } from '../reachability/members';
import {
  isElsewhere,
  memberFor,
  membersOf,
  type Network,
  networkOf,
  permissionsOf,
  placesOutside,
  subnetsOf,
} from '../reachability/network';
import { peerText, type Permission } from '../reachability/permissions';
import { isAnywhere, shownPorts } from '../reachability/ranges';
import type { Route } from '../reachability/routing';
import { type Finding, outsideOfPlan, rule } from '../rule';

type Egress = Environment['network']['egress'][number];

export const egressRestricted = rule({
  id: 'egress-restricted',
  severity: 'error',
  what: 'tasks can send to the endpoints, S3 and each destination in network.egress, and to nothing else',
  why: 'Each further destination is a way to exfiltrate data.',
  sources: ['R1.3', 'CKV_AWS_382', 'https://docs.aws.amazon.com/vpc/latest/userguide/vpc-security-groups.html'],
  appliesTo: (model) => membersOf(networkOf(model), 'tasks').map(({ resource }) => resource),
  check(resource, model) {
    const network = networkOf(model);
    const named = model.environment?.network.egress;
    const member = memberFor(resource, network);
    return [
      ...permissionsOf(network, member.groups, 'egress').flatMap((permission) =>
        unnamed(permission, member, network, named),
      ),
      ...(named ?? []).flatMap((egress) => unreachable(egress, member, network)),
      ...placesOutside(member),
    ];
  },
});

function unnamed(
  permission: Permission,
  member: Member,
  network: Network,
  named: readonly Egress[] | undefined,
): Finding[] {
  const { rule: subject, ports, peer } = permission;
  const got = `${shownPorts(ports)} to ${peerText(peer)}`;
  if (isElsewhere(permission, network))
    return outsideOfPlan(`the target of ${got}`).map((one) => ({ ...one, subject }));
  if (peer.kind === 'group') {
    const inside = network.members.filter(({ groups }) => groups.includes(peer.group));
    const other = inside.find(({ kind }) => kind !== 'endpoint');
    return other
      ? [
          {
            subject,
            got: `${got}, where ${other.resource.path} is`,
            fix: 'refer to the security group of the endpoints',
          },
        ]
      : [];
  }
  if (peer.kind === 'service') {
    const led = network.model
      .all('aws_vpc_endpoint')
      .some((endpoint) => toGateway(member, endpoint, network).some(({ steps }) => steps[0]?.by === subject));
    return led
      ? []
      : [
          {
            subject,
            got: `${got}, which no endpoint serves`,
            fix: 'add a gateway endpoint to the route tables of the tasks',
          },
        ];
  }
  const fine =
    peer.kind === 'network' && (named ? named.some((egress) => isFor(egress, permission)) : !isAnywhere(peer.cidr));
  return fine
    ? []
    : [{ subject, got, fix: 'add the network and port to network.egress of the environment file, or limit the rule' }];
}

function unreachable(egress: Egress, member: Member, network: Network): Finding[] {
  const open = toInternet(member, network).some(({ steps: [first] }) =>
    network.permissions.some((permission) => permission.rule === first?.by && isFor(egress, permission)),
  );
  const { description, cidr, port, through } = egress;
  if (through === undefined ? open : isLed(egress, member, network)) return [];
  return [
    {
      got: `no path to ${description} (${cidr}, tcp ${port})`,
      fix: `add an egress rule to the security group of the tasks, and a route through ${through ?? 'a NAT gateway'}`,
    },
  ];
}

/** The gateway belongs to another team, so only its id is known. */
function isLed(egress: Egress, member: Member, network: Network): boolean {
  const admitted = permissionsOf(network, member.groups, 'egress').some((permission) => isFor(egress, permission));
  const leads = ({ destination, rule: { attributes } }: Route) =>
    destination === egress.cidr && Object.values(attributes).includes(egress.through);
  return admitted && subnetsOf(network, member).every(({ routes }) => routes.some(leads));
}

function isFor({ cidr, port }: Egress, { peer, ports, direction }: Permission): boolean {
  const same = peer.kind === 'network' && peer.cidr === cidr && direction === 'egress';
  return same && ports.protocol === 'tcp' && ports.from === port && ports.to === port;
}
