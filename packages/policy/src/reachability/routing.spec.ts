import { modelWith, type Resources } from '../model.fixture';
import { subnetsIn } from './routing';

const vpc = '${aws_vpc.V.id}';
const resources = (more: Resources, subnet = {}): Resources => ({
  aws_vpc: { V: {} },
  aws_subnet: { S: { vpc_id: vpc, cidr_block: '10.0.0.0/24', availability_zone: 'a', ...subnet } },
  aws_internet_gateway: { I: {} },
  aws_route_table: {
    T: {
      route: [{ cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.I.id}' }, { ipv6_cidr_block: '::/0' }],
    },
    Other: {},
  },
  ...more,
});
const only = (more: Resources, subnet = {}) => subnetsIn(modelWith(resources(more, subnet)))[0]!;
const routes = (more: Resources) =>
  only(more).routes.map(({ rule, destination, target }) => `${rule.address} ${destination} ${String(target?.address)}`);
const associated = {
  aws_route_table_association: { A: { subnet_id: '${aws_subnet.S.id}', route_table_id: '${aws_route_table.T.id}' } },
};

describe('the routes of a subnet', () => {
  it('are those of its route table, inline or as separate resources', () => {
    const aws_route = {
      R: { route_table_id: '${aws_route_table.T.id}', destination_cidr_block: '192.0.2.0/24', nat_gateway_id: 'nat-1' },
      Elsewhere: { route_table_id: '${aws_route_table.Other.id}', destination_cidr_block: '0.0.0.0/0' },
    };
    expect(routes({ ...associated, aws_route })).toEqual([
      'aws_route.R 192.0.2.0/24 undefined',
      'aws_route_table.T 0.0.0.0/0 aws_internet_gateway.I',
      'aws_route_table.T ::/0 undefined',
    ]);
  });

  it('are those of the main route table of the VPC without its own', () => {
    const main = {
      aws_main_route_table_association: { M: { vpc_id: vpc, route_table_id: '${aws_route_table.T.id}' } },
    };
    expect(only(main).table?.address).toBe('aws_route_table.T');
    const byDefault = {
      aws_default_route_table: { D: { default_route_table_id: '${aws_vpc.V.default_route_table_id}' } },
    };
    expect(only(byDefault).table?.address).toBe('aws_default_route_table.D');
    expect(only({})).toMatchObject({ table: undefined, routes: [] });
  });

  it('have the position of the subnet, if it is known', () => {
    expect(only({})).toMatchObject({ cidr: '10.0.0.0/24', zone: 'a', vpc: { address: 'aws_vpc.V' } });
    expect(only({}, { cidr_block: undefined, availability_zone: undefined, vpc_id: 'vpc-1' })).toMatchObject({
      cidr: undefined,
      zone: 'none',
      vpc: undefined,
    });
  });
});
