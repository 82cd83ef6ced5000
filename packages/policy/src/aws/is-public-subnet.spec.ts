import { modelWith } from '../model.fixture';
import { isPublicSubnet } from './is-public-subnet';

const model = modelWith({
  aws_internet_gateway: { Internet: {} },
  aws_nat_gateway: { Nat: { subnet_id: '${aws_subnet.Public.id}' } },
  aws_subnet: { Public: {}, Inline: {}, Private: {}, Alone: {} },
  aws_route_table: {
    Public: {},
    Inline: { route: [{ cidr_block: '0.0.0.0/0', gateway_id: '${aws_internet_gateway.Internet.id}' }] },
    Private: {},
  },
  aws_route: {
    Public: { route_table_id: '${aws_route_table.Public.id}', gateway_id: '${aws_internet_gateway.Internet.id}' },
    Private: { route_table_id: '${aws_route_table.Private.id}', nat_gateway_id: '${aws_nat_gateway.Nat.id}' },
  },
  aws_route_table_association: Object.fromEntries(
    ['Public', 'Inline', 'Private'].map((name) => [
      name,
      { subnet_id: `\${aws_subnet.${name}.id}`, route_table_id: `\${aws_route_table.${name}.id}` },
    ]),
  ),
});

describe('a public subnet', () => {
  it('is one with a route to an internet gateway', () => {
    const found = model.all('aws_subnet').filter((subnet) => isPublicSubnet(subnet, model));
    expect(found.map(({ address }) => address)).toEqual(['aws_subnet.Public', 'aws_subnet.Inline']);
  });
});
