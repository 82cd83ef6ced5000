import { synthStack, testEnvironment, type EnvironmentOverrides } from '@nightshift/testing';
import { NetworkStack } from './network-stack';

const synth = (overrides: EnvironmentOverrides = {}) =>
  synthStack((app) => new NetworkStack(app, 'network', { environment: testEnvironment(overrides) }));

describe('VPC in three zones', () => {
  const stack = synth();
  const subnets = stack.resources('aws_subnet');

  it('R1.1 has one public and one private subnet in each of three zones', () => {
    const zones = Object.entries(subnets).map(([path, { availability_zone }]) => [
      path,
      /, (\d)\)\}$/.exec(String(availability_zone))?.[1],
    ]);
    expect(Object.fromEntries(zones)).toEqual({
      'Vpc/Public0': '0',
      'Vpc/Public1': '1',
      'Vpc/Public2': '2',
      'Vpc/Private0': '0',
      'Vpc/Private1': '1',
      'Vpc/Private2': '2',
    });
  });

  it('R1.1 uses the network of the environment file', () => {
    const small = synth({ network: { cidr: '192.168.7.0/24' } });
    expect(small.resource('aws_vpc', 'Vpc/Resource')['cidr_block']).toBe('192.168.7.0/24');
    expect(small.resource('aws_subnet', 'Vpc/Private2')['cidr_block']).toBe('192.168.7.160/27');
  });

  it('R5.3 assigns no public IP addresses automatically, not even in public subnets', () => {
    expect(Object.values(subnets).map((subnet) => subnet['map_public_ip_on_launch'])).toEqual(Array(6).fill(false));
  });

  it('R11.4 resolves the private DNS names of endpoints', () => {
    expect(stack.resource('aws_vpc', 'Vpc/Resource')).toMatchObject({
      enable_dns_support: true,
      enable_dns_hostnames: true,
    });
  });

  it('R1.3 has a default security group without rules', () => {
    const group = stack.resource('aws_default_security_group', 'Vpc/DefaultSecurityGroup');
    expect(group['vpc_id']).toBe(stack.reference('aws_vpc', 'Vpc/Resource', 'id'));
    expect(Object.keys(group)).not.toEqual(expect.arrayContaining(['ingress']));
    expect(Object.keys(group)).not.toEqual(expect.arrayContaining(['egress']));
  });

  it('does not manage network ACLs: a managed default ACL without rules would block every subnet', () => {
    expect(stack.types.filter((type) => type.includes('network_acl'))).toEqual([]);
  });

  it('R0.8 has Name tags', () => {
    expect(stack.resource('aws_vpc', 'Vpc/Resource')['tags']).toEqual({ Name: 'vpc-test' });
    expect(subnets['Vpc/Private1']?.['tags']).toEqual({ Name: 'subnet-private-1-test' });
  });
});
