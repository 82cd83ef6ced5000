import { environmentWith } from '../environment.fixture';
import { findingsIn, modelWith } from '../model.fixture';
import { type NetworkChanges, networkWith } from '../reachability/network.fixture';
import { threeAvailabilityZones } from './three-availability-zones';

const checked = (changes: NetworkChanges = {}, environment = environmentWith()) =>
  findingsIn(threeAvailabilityZones, networkWith(changes, environment));
const subnet = (name: string, attributes: object) => ({ aws_subnet: { [name]: { ...attributes } } });
const single = Object.fromEntries(
  [0, 1, 2].map((zone) => [`Private${zone}`, { nat_gateway_id: '${aws_nat_gateway.N0.id}' }]),
);

describe('three-availability-zones (R1.1, R1.2)', () => {
  it('accepts three public and three private subnets, each private one with the NAT gateway of its zone', () => {
    expect(checked()).toEqual([]);
  });

  it('refuses fewer subnets, and two in one zone', () => {
    expect(checked({ aws_subnet: { Private2: null } })).toEqual([
      'aws_vpc.V: 2 private subnets in 2 zones - create 3, each in its own zone',
    ]);
    expect(checked(subnet('Public2', { availability_zone: 'z1' }))).toEqual([
      'aws_vpc.V: 3 public subnets in 2 zones - create 3, each in its own zone',
      'aws_subnet.Private2: a route to aws_nat_gateway.N2 in another zone, z1 - use the NAT gateway of z2',
    ]);
  });

  it('refuses networks that overlap or are outside of the VPC', () => {
    expect(checked(subnet('Private0', { cidr_block: '10.0.0.128/25' }))).toEqual([
      'aws_subnet.Private0: 10.0.0.128/25, which overlaps 10.0.0.0/24 of aws_subnet.Public0 - use another part',
    ]);
    expect(checked(subnet('Private0', { cidr_block: '10.1.0.0/24' }))).toEqual([
      'aws_subnet.Private0: 10.1.0.0/24, which is outside of 10.0.0.0/16 - use a part of the VPC network',
    ]);
    expect(checked(subnet('Private0', { cidr_block: undefined }))).toEqual([]);
  });

  it('refuses a subnet without a route table', () => {
    expect(checked({ aws_route_table_association: { Private1: null } })).toEqual([
      'aws_subnet.Private1: no route table - associate it with one',
      'aws_subnet.Private1: no route to a NAT gateway - route 0.0.0.0/0 to one',
    ]);
  });

  it('refuses a NAT gateway in a private subnet', () => {
    expect(checked({ aws_nat_gateway: { N1: { subnet_id: '${aws_subnet.Private1.id}' } } })).toEqual([
      'aws_subnet.Private1: a route to aws_nat_gateway.N1, which is in no public subnet - move it into one',
    ]);
  });

  it('accepts a single NAT gateway if the environment, or another platform, has one', () => {
    const one = { aws_route: single, aws_nat_gateway: { N1: null, N2: null } };
    expect(checked(one, environmentWith({ network: { natGateways: 'single' } }))).toEqual([]);
    expect(findingsIn(threeAvailabilityZones, networkWith(one))).toEqual([]);
    const wrong = (zone: number) =>
      `aws_subnet.Private${zone}: a route to aws_nat_gateway.N0 in another zone, z0 - use the NAT gateway of z${zone}`;
    expect(checked(one)).toEqual([wrong(1), wrong(2)]);
    expect(findingsIn(threeAvailabilityZones, networkWith({ aws_route: single }))).toEqual([wrong(1), wrong(2)]);
  });

  it('accepts no NAT gateway if the environment has none', () => {
    const none = { aws_route: { Private0: null, Private1: null, Private2: null } };
    expect(checked(none, environmentWith({ network: { natGateways: 'none' } }))).toEqual([]);
    expect(checked(none)).toHaveLength(3);
  });

  it('does not apply without a VPC', () => {
    expect(findingsIn(threeAvailabilityZones, modelWith({ aws_subnet: { S: {} } }))).toBe('not applicable');
  });
});
