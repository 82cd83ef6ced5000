import { synthStack, testEnvironment, type EnvironmentOverrides } from '@nightshift/testing';
import { NetworkStack } from './network-stack';

const synth = (overrides: EnvironmentOverrides = {}) =>
  synthStack((app) => new NetworkStack(app, 'network', { environment: testEnvironment(overrides) }));

const ZONES = [0, 1, 2];

describe('internet access', () => {
  const stack = synth();
  const tableOf = (path: string) => stack.resource('aws_route_table_association', path)['route_table_id'];

  it('R1.2 routes public subnets to the internet gateway', () => {
    const table = stack.reference('aws_route_table', 'InternetAccess/PublicRouteTable', 'id');
    expect(stack.resource('aws_route', 'InternetAccess/PublicRoute')).toMatchObject({
      route_table_id: table,
      destination_cidr_block: '0.0.0.0/0',
      gateway_id: stack.reference('aws_internet_gateway', 'InternetAccess/InternetGateway', 'id'),
    });
    for (const zone of ZONES) {
      expect(stack.resource('aws_route_table_association', `InternetAccess/PublicAssociation${zone}`)).toMatchObject({
        subnet_id: stack.reference('aws_subnet', `Vpc/Public${zone}`, 'id'),
        route_table_id: table,
      });
    }
  });

  it('R1.2 has a NAT gateway with an Elastic IP in the public subnet of each zone', () => {
    expect(Object.keys(stack.resources('aws_nat_gateway'))).toHaveLength(3);
    for (const zone of ZONES) {
      expect(stack.resource('aws_nat_gateway', `InternetAccess/NatGateway${zone}`)).toMatchObject({
        subnet_id: stack.reference('aws_subnet', `Vpc/Public${zone}`, 'id'),
        allocation_id: stack.reference('aws_eip', `InternetAccess/NatAddress${zone}`, 'allocation_id'),
      });
      expect(stack.resource('aws_eip', `InternetAccess/NatAddress${zone}`)['domain']).toBe('vpc');
    }
  });

  it('R1.2 routes each private subnet, by its own route table, to the NAT gateway of its zone', () => {
    for (const zone of ZONES) {
      const table = stack.reference('aws_route_table', `InternetAccess/Private${zone}RouteTable`, 'id');
      expect(stack.resource('aws_route', `InternetAccess/PrivateRoute${zone}`)).toMatchObject({
        route_table_id: table,
        destination_cidr_block: '0.0.0.0/0',
        nat_gateway_id: stack.reference('aws_nat_gateway', `InternetAccess/NatGateway${zone}`, 'id'),
      });
      expect(tableOf(`InternetAccess/PrivateAssociation${zone}`)).toBe(table);
      expect(stack.resource('aws_route_table_association', `InternetAccess/PrivateAssociation${zone}`)).toMatchObject({
        subnet_id: stack.reference('aws_subnet', `Vpc/Private${zone}`, 'id'),
      });
    }
  });

  it('R1.2 has a single NAT gateway for all zones if the environment file says so', () => {
    const single = synth({ network: { natGateways: 'single' } });
    expect(Object.keys(single.resources('aws_nat_gateway'))).toEqual(['InternetAccess/NatGateway0']);
    expect(Object.keys(single.resources('aws_eip'))).toEqual(['InternetAccess/NatAddress0']);
    const gateway = single.reference('aws_nat_gateway', 'InternetAccess/NatGateway0', 'id');
    const routes = ZONES.map((zone) => single.resource('aws_route', `InternetAccess/PrivateRoute${zone}`));
    expect(routes.map((route) => route['nat_gateway_id'])).toEqual([gateway, gateway, gateway]);
  });

  it('R1.2 has no NAT gateway, Elastic IP or default route if the environment file says so', () => {
    const none = synth({ network: { natGateways: 'none' } });
    expect([none.resources('aws_nat_gateway'), none.resources('aws_eip')]).toEqual([{}, {}]);
    expect(Object.keys(none.resources('aws_route'))).toEqual(['InternetAccess/PublicRoute']);
    expect(Object.keys(none.resources('aws_route_table'))).toHaveLength(4);
  });

  it('R1.3 routes private networks to the gateways that the environment file names', () => {
    const egress = [
      { description: 'Database', cidr: '10.50.0.0/16', port: 5432, through: 'pcx-01234567' },
      { description: 'Database, replica', cidr: '10.50.0.0/16', port: 5433, through: 'pcx-01234567' },
      { description: 'On premises', cidr: '10.60.0.0/16', through: 'tgw-01234567' },
      { description: 'VPN', cidr: '10.70.0.0/16', through: 'vgw-01234567' },
    ];
    const stack = synth({ network: { natGateways: 'none', egress } });
    const routes = Object.entries(stack.resources('aws_route')).filter(([path]) => path.includes('Private'));
    expect(routes).toHaveLength(9);
    for (const zone of ZONES) {
      const route_table_id = stack.reference('aws_route_table', `InternetAccess/Private${zone}RouteTable`, 'id');
      const to = (network: string) => stack.resource('aws_route', `InternetAccess/PrivateRoute${zone}To${network}--16`);
      expect([to('10.50.0.0'), to('10.60.0.0'), to('10.70.0.0')]).toMatchObject([
        { route_table_id, destination_cidr_block: '10.50.0.0/16', vpc_peering_connection_id: 'pcx-01234567' },
        { route_table_id, destination_cidr_block: '10.60.0.0/16', transit_gateway_id: 'tgw-01234567' },
        { route_table_id, destination_cidr_block: '10.70.0.0/16', gateway_id: 'vgw-01234567' },
      ]);
    }
  });

  it('R0.10 releases Elastic IPs before it detaches the internet gateway', () => {
    const [gateway] = /[\w.]+(?=\.id)/.exec(
      stack.reference('aws_internet_gateway', 'InternetAccess/InternetGateway', 'id'),
    )!;
    const dependents = [
      ...Object.values(stack.resources('aws_eip')),
      ...Object.values(stack.resources('aws_nat_gateway')),
    ];
    expect(dependents.map((block) => block['depends_on'])).toEqual(Array(6).fill([gateway]));
  });

  it('R0.8 has Name tags', () => {
    const nameOf = (type: string, path: string) => stack.resource(type, `InternetAccess/${path}`)['tags'];
    expect(nameOf('aws_internet_gateway', 'InternetGateway')).toEqual({ Name: 'internet-gateway-test' });
    expect(nameOf('aws_eip', 'NatAddress2')).toEqual({ Name: 'elastic-ip-nat-2-test' });
    expect(nameOf('aws_nat_gateway', 'NatGateway2')).toEqual({ Name: 'nat-gateway-2-test' });
    expect(nameOf('aws_route_table', 'PublicRouteTable')).toEqual({ Name: 'route-table-public-test' });
    expect(nameOf('aws_route_table', 'Private1RouteTable')).toEqual({ Name: 'route-table-private-1-test' });
  });
});
