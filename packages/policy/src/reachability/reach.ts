import { UserError } from '@nightshift/errors';
import type { Model } from '../model/model';
import {
  between,
  type Connection,
  endpointService,
  fromInternet,
  INTERNET,
  type Path,
  toGateway,
  toInternet,
} from './connections';
import { forwards, type Member, type MemberKind } from './members';
import { type Network, networkOf } from './network';

export interface ReachQuestion {
  /** A place: `internet`, `load-balancer`, `tasks`, `endpoints`, the path or address of a resource; or of a gateway, such as `s3`. */
  readonly from: string;
  readonly to: string;
}

const KINDS: Readonly<Record<string, MemberKind>> = {
  'load-balancer': 'load-balancer',
  tasks: 'tasks',
  endpoints: 'endpoint',
};

/**
 * All paths from one place to another: direct, or through a load balancer, which receives requests and sends its own. Computed from
 * subnets, routes, gateways, security groups, network ACLs and listeners.
 * @throws {UserError} when a place does not exist.
 */
export function reach(model: Model, { from, to }: ReachQuestion): readonly Path[] {
  const network = networkOf(model);
  const sources = membersAt(from, network);
  const targets = membersAt(to, network);
  for (const [option, place, members] of [
    ['--from', from, sources],
    ['--to', to, targets],
  ] as const) {
    if (place !== INTERNET && members.length === 0 && gatewaysAt(place, model).length === 0)
      throw unknownPlace(option, place, network);
  }
  const direct = connections(from, to, network).map((connection): Path => [connection]);
  const balanced = network.members
    .filter(({ kind }) => kind === 'load-balancer')
    .flatMap((balancer) => through(balancer, from, targets, network));
  return [...direct, ...balanced];
}

function through(balancer: Member, from: string, targets: readonly Member[], network: Network): Path[] {
  const served = targets.filter(({ resource }) => forwards(balancer.resource, resource, network.model));
  const onward = served.flatMap((target) => between(balancer, target, network));
  const inward = connections(from, balancer.resource.path, network);
  return inward.flatMap((first) => onward.map((second): Path => [first, second]));
}

/** Direct connections between two places. */
function connections(from: string, to: string, network: Network): readonly Connection[] {
  const targets = membersAt(to, network);
  if (from === INTERNET) return targets.flatMap((member) => fromInternet(member, network));
  return membersAt(from, network).flatMap((member) => [
    ...(to === INTERNET ? toInternet(member, network) : []),
    ...targets.flatMap((target) => between(member, target, network)),
    ...gatewaysAt(to, network.model).flatMap((endpoint) => toGateway(member, endpoint, network)),
  ]);
}

function membersAt(place: string, { members }: Network): readonly Member[] {
  const kind = KINDS[place];
  return members.filter(({ resource, kind: own }) => own === kind || [resource.path, resource.address].includes(place));
}

function gatewaysAt(place: string, model: Model) {
  return model
    .all('aws_vpc_endpoint')
    .filter(({ attributes }) => attributes['vpc_endpoint_type'] !== 'Interface')
    .filter((endpoint) => [endpointService(endpoint, model), endpoint.path, endpoint.address].includes(place));
}

function unknownPlace(option: string, place: string, { members, model }: Network): UserError {
  const gateways = model.all('aws_vpc_endpoint').map((endpoint) => endpointService(endpoint, model));
  const kinds = Object.keys(KINDS).filter((name) => members.some(({ kind }) => kind === KINDS[name]));
  const names = [INTERNET, ...kinds, ...members.map(({ resource }) => resource.path)];
  return new UserError({
    where: option,
    what: 'is not a place in this network',
    got: place,
    todo: `use one of ${[...new Set([...names, ...gateways.filter((name) => name === 's3' || name === 'dynamodb')])].join(', ')}`,
  });
}
