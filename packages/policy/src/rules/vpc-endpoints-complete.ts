import { type EndpointNeed, endpointNeeds, GATEWAY_SERVICES } from '../aws/endpoint-needs';
import type { Model, Resource } from '../model/model';
import { type PolicyStatement, policyAt } from '../model/policy-statements';
import { shown } from '../model/value';
import { between, endpointService, toGateway, toInternet } from '../reachability/connections';
import type { Member } from '../reachability/members';
import { memberFor, membersOf, type Network, networkOf, placesOutside, subnetsOf } from '../reachability/network';
import { isAnywhere } from '../reachability/ranges';
import { attributeIs, type Finding, rule, unknownUntilApply } from '../rule';

export const vpcEndpointsComplete = rule({
  id: 'vpc-endpoints-complete',
  severity: 'error',
  what: 'tasks reach each AWS service that they use through an endpoint in each of their subnets, with private DNS, its own security group and a policy',
  why: 'A task that cannot reach ECR or CloudWatch Logs does not start; an endpoint without a policy can send data to any account.',
  sources: [
    'R11',
    'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html',
    'https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html',
  ],
  appliesTo: (model) => membersOf(networkOf(model), 'tasks').map(({ resource }) => resource),
  check(service, model) {
    const network = networkOf(model);
    const member = memberFor(service, network);
    if (member.outside.length > 0) return placesOutside(member);
    const beside = endpointsBeside(member, network);
    return [
      ...endpointNeeds(service, model).flatMap((need) => missing(need, beside, member, network)),
      ...unnamed(member, network),
      ...beside.flatMap((endpoint) => [...placed(endpoint, member, network), ...policed(endpoint)]),
    ];
  },
});

/** The endpoints in the VPC of the tasks. */
function endpointsBeside(member: Member, network: Network): readonly Resource[] {
  const vpcs = subnetsOf(network, member).map(({ vpc }) => vpc);
  return network.model.all('aws_vpc_endpoint').filter((one) => vpcs.includes(network.model.behind(one, 'vpc_id')[0]));
}

function missing(
  { service, for: reason }: EndpointNeed,
  beside: readonly Resource[],
  member: Member,
  network: Network,
): Finding[] {
  const endpoints = beside.filter((endpoint) => endpointService(endpoint, network.model) === service);
  if (endpoints.length === 0 && viaInternet(member, network)) return [];
  if (endpoints.length === 0) {
    return [
      {
        got: `no endpoint for ${service}, which is required for ${reason}`,
        fix: 'add one; if the application needs it, in network.endpoints',
      },
    ];
  }
  if (endpoints.some((endpoint) => reached(endpoint, member, network))) return [];
  return [
    {
      got: `an endpoint for ${service} that the tasks cannot reach`,
      fix: 'allow tcp 443 between their security groups; for a gateway endpoint, associate it with the route tables of the tasks',
    },
  ];
}

/** Tasks that can reach the whole internet can use the public addresses of AWS. */
function viaInternet(member: Member, network: Network): boolean {
  return toInternet(member, network).some(({ steps: [first] }) =>
    network.permissions.some(
      ({ rule: by, peer }) => by === first?.by && peer.kind === 'network' && isAnywhere(peer.cidr),
    ),
  );
}

function reached(endpoint: Resource, member: Member, network: Network): boolean {
  if (isGateway(endpoint, network.model)) return toGateway(member, endpoint, network).length > 0;
  const target = network.members.find(({ resource }) => resource === endpoint);
  return target !== undefined && between(member, target, network).length > 0;
}

function placed(endpoint: Resource, member: Member, network: Network): Finding[] {
  const { model } = network;
  if (isGateway(endpoint, model)) {
    const tables = model.behind(endpoint, 'route_table_ids');
    const without = subnetsOf(network, member).filter(({ table }) => !table || !tables.includes(table));
    return without.map(({ resource }) => ({
      subject: endpoint,
      got: `no path from ${resource.path}`,
      fix: 'associate it with the route table of that subnet',
    }));
  }
  const { attributes } = endpoint;
  const kind = attributes['vpc_endpoint_type'];
  if (kind !== 'Interface') {
    return [{ subject: endpoint, got: `vpc_endpoint_type ${shown(kind)}`, fix: 'set it to Interface' }];
  }
  const names = attributes['private_dns_enabled'];
  const subnets = model.behind(endpoint, 'subnet_ids');
  // Every subnet of the VPC can use it by its private DNS name. The environment file accepts the dependency on one zone.
  const enough = model.environment?.network.endpointZones === 'one' && subnets.length > 0;
  const without = enough ? [] : member.subnets.filter((subnet) => !subnets.includes(subnet));
  const groups = model.behind(endpoint, 'security_group_ids');
  const shared = network.members.find(
    (one) => one.kind !== 'endpoint' && one.groups.some((group) => groups.includes(group)),
  );
  return [
    ...(names === true
      ? []
      : [{ subject: endpoint, got: `private_dns_enabled ${shown(names)}`, fix: 'set it to true' }]),
    ...without.map(({ path }) => ({
      subject: endpoint,
      got: `no network interface in ${path}`,
      fix: 'add every subnet of the tasks to subnet_ids',
    })),
    ...(groups.length > 0
      ? []
      : [
          {
            subject: endpoint,
            got: 'no security group, so AWS uses the default group of the VPC',
            fix: 'give it its own security group',
          },
        ]),
    ...(shared
      ? [{ subject: endpoint, got: `the group of ${shared.resource.path}`, fix: 'give it its own security group' }]
      : []),
  ];
}

/** Private DNS requires both: https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html#enable-private-dns-names */
function unnamed(member: Member, network: Network): Finding[] {
  const vpcs = new Set(subnetsOf(network, member).flatMap(({ vpc }) => vpc ?? []));
  return [...vpcs].flatMap((subject) => [
    ...attributeIs(subject.attributes, 'enable_dns_support', true, true).map((one) => ({ ...one, subject })),
    ...attributeIs(subject.attributes, 'enable_dns_hostnames', true).map((one) => ({ ...one, subject })),
  ]);
}

function policed(endpoint: Resource): Finding[] {
  if (endpoint.attributes['policy'] === undefined) {
    return [
      {
        subject: endpoint,
        got: 'no policy, so the default policy, which allows everything',
        fix: 'allow what the tasks need',
      },
    ];
  }
  const { statements, unknown } = policyAt(endpoint.attributes, 'policy');
  return [
    ...statements.filter(isOpen).map(({ sid, actions, resources }) => ({
      subject: endpoint,
      got: `a policy that allows ${actions.join(', ')} on ${resources.join(', ')}${sid && ` (${sid})`} to anyone`,
      fix: 'list actions, and resources or the account of the caller',
    })),
    ...(unknown ? unknownUntilApply('policy').map((one) => ({ ...one, subject: endpoint })) : []),
  ];
}

/** Whether a statement allows any principal any resource. AWS signs the URLs of image layers; the rule iam-no-wildcard checks actions. */
function isOpen({ effect, resources, principals, conditions }: PolicyStatement): boolean {
  const everyone = principals.some(({ value }) => value === '*') && conditions.length === 0;
  return effect === 'Allow' && everyone && resources.includes('*');
}

function isGateway(endpoint: Resource, model: Model): boolean {
  return (
    GATEWAY_SERVICES.includes(endpointService(endpoint, model)) &&
    endpoint.attributes['vpc_endpoint_type'] !== 'Interface'
  );
}
