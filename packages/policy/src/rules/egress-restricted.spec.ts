import { Model } from '../model/model';
import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith } from '../model.fixture';
import { type NetworkChanges, networkWith } from '../reachability/network.fixture';
import { egressRestricted } from './egress-restricted';

const egress = [{ description: 'Market data', cidr: '192.0.2.0/24', port: 443 }];
const named = environmentWith({ network: { egress } });
const checked = (changes: NetworkChanges = {}, environment = environmentWith()) =>
  findingsIn(egressRestricted, networkWith(changes, environment));
const out = (attributes: object) => ({
  aws_vpc_security_group_egress_rule: {
    Out: {
      security_group_id: '${aws_security_group.Tasks.id}',
      ip_protocol: 'tcp',
      from_port: 443,
      to_port: 443,
      ...attributes,
    },
  },
});
const fix = 'add the network and port to network.egress of the environment file, or limit the rule';

describe('egress-restricted (R1.3)', () => {
  it('accepts endpoints, S3 and the destinations in the environment file', () => {
    expect(checked()).toEqual([]);
    expect(checked(out({ cidr_ipv4: '192.0.2.0/24' }), named)).toEqual([]);
  });

  it.each([
    [{ cidr_ipv4: '192.0.2.0/24' }, 'tcp 443 to 192.0.2.0/24'],
    [{ cidr_ipv4: '0.0.0.0/0', ip_protocol: '-1' }, 'all traffic to 0.0.0.0/0'],
    [{ referenced_security_group_id: 'sg-1' }, 'tcp 443 to sg-1'],
  ])('refuses other destinations: %j', (attributes, got) => {
    expect(checked(out(attributes))).toEqual([`aws_vpc_security_group_egress_rule.Out: ${got} - ${fix}`]);
  });

  it('refuses more ports than the environment file has', () => {
    const missing =
      'aws_ecs_service.S: no path to Market data (192.0.2.0/24, tcp 443) - add an egress rule to the security group of the tasks, and a route through a NAT gateway';
    const rule = (got: string) => `aws_vpc_security_group_egress_rule.Out: ${got} - ${fix}`;
    expect(checked(out({ cidr_ipv4: '192.0.2.0/23' }), named)).toEqual([rule('tcp 443 to 192.0.2.0/23'), missing]);
    expect(checked(out({ cidr_ipv4: '192.0.2.0/24', to_port: 444 }), named)).toEqual([
      rule('tcp 443-444 to 192.0.2.0/24'),
      missing,
    ]);
    expect(checked(out({ cidr_ipv4: '192.0.2.0/24', ip_protocol: 'udp' }), named)).toEqual([
      rule('udp 443 to 192.0.2.0/24'),
      missing,
    ]);
  });

  it('accepts a private network with a route from each subnet, by the gateway in the environment file', () => {
    const through = 'pcx-01234567';
    const environment = environmentWith({ network: { egress: [{ ...egress[0]!, through }] } });
    const routes = (ids: readonly (string | undefined)[]) =>
      Object.fromEntries(
        ids.map((id, zone) => [
          `ToPeer${zone}`,
          {
            route_table_id: `\${aws_route_table.Private${zone}.id}`,
            destination_cidr_block: '192.0.2.0/24',
            vpc_peering_connection_id: id,
          },
        ]),
      );
    const rule = out({ cidr_ipv4: '192.0.2.0/24' });
    expect(checked({ ...rule, aws_route: routes([through, through, through]) }, environment)).toEqual([]);
    const missing =
      'aws_ecs_service.S: no path to Market data (192.0.2.0/24, tcp 443) - add an egress rule to the security group of the tasks, and a route through pcx-01234567';
    expect(checked({ ...rule, aws_route: routes([through, through, 'pcx-76543210']) }, environment)).toEqual([missing]);
    expect(checked({ aws_route: routes([through, through, through]) }, environment)).toEqual([missing]);
  });

  it('refuses a destination in the environment file without a route', () => {
    const closed = { ...out({ cidr_ipv4: '192.0.2.0/24' }), aws_nat_gateway: { N0: null, N1: null, N2: null } };
    const missing =
      'aws_ecs_service.S: no path to Market data (192.0.2.0/24, tcp 443) - add an egress rule to the security group of the tasks, and a route through a NAT gateway';
    expect(checked(closed, named)).toEqual([missing]);
    expect(checked({}, named)).toEqual([missing]);
  });

  it('refuses a security group with resources other than endpoints', () => {
    expect(checked(out({ referenced_security_group_id: '${aws_security_group.Tasks.id}' }))).toEqual([
      'aws_vpc_security_group_egress_rule.Out: tcp 443 to group aws_security_group.Tasks, where aws_ecs_service.S is - refer to the security group of the endpoints',
    ]);
  });

  it('refuses a service without a gateway endpoint in the route tables', () => {
    expect(checked({ aws_vpc_endpoint: { s3: { route_table_ids: ['${aws_route_table.Public.id}'] } } })).toEqual([
      'aws_vpc_security_group_egress_rule.S3: tcp 443 to service s3, which no endpoint serves - add a gateway endpoint to the route tables of the tasks',
    ]);
  });

  it('accepts a network without an environment file, but not the whole internet', () => {
    expect(findingsIn(egressRestricted, networkWith(out({ cidr_ipv4: '192.0.2.0/24' })))).toEqual([]);
    expect(findingsIn(egressRestricted, networkWith(out({ cidr_ipv4: '0.0.0.0/0' })))).toEqual([
      `aws_vpc_security_group_egress_rule.Out: tcp 443 to 0.0.0.0/0 - ${fix}`,
    ]);
  });

  it('does not check resources of another configuration in a plan', () => {
    const { stacks } = networkWith(out({ referenced_security_group_id: 'sg-1' }));
    expect(findingsIn(egressRestricted, new Model({ source: 'plan', stacks }))).toEqual([
      'aws_vpc_security_group_egress_rule.Out: not checked: the target of tcp 443 to sg-1 refers to something outside of the plan',
    ]);
  });

  it('does not apply to a network without tasks', () => {
    expect(findingsIn(egressRestricted, modelWith({ aws_vpc: { V: {} } }))).toBe('not applicable');
  });
});
