import { synthStack, testEnvironment } from '@nightshift/testing';
import { NetworkStack } from './network-stack';

const stack = synthStack((app) => {
  const environment = testEnvironment({
    loadBalancer: { testListener: { allowedCidrs: ['203.0.113.0/24'] } },
    network: { egress: [{ description: 'Market data', cidr: '192.0.2.0/24' }] },
  });
  return new NetworkStack(app, 'network', { environment });
});
const groups = stack.resources('aws_security_group');
const ingress = stack.resources('aws_vpc_security_group_ingress_rule');
const egress = stack.resources('aws_vpc_security_group_egress_rule');
const idOf = (group: string) => stack.reference('aws_security_group', `SecurityGroups/${group}`, 'id');

describe('security groups', () => {
  it('R1.3 exist for load balancer, tasks and endpoints, in the VPC', () => {
    expect(Object.values(groups).map(({ vpc_id }) => vpc_id)).toEqual(
      Array(3).fill(stack.reference('aws_vpc', 'Vpc/Resource', 'id')),
    );
  });

  it('R0.8 have valid names: none begins with sg-', () => {
    expect(Object.values(groups).map(({ name, tags }) => [name, tags])).toEqual([
      ['security-group-endpoints-test', { Name: 'security-group-endpoints-test' }],
      ['security-group-load-balancer-test', { Name: 'security-group-load-balancer-test' }],
      ['security-group-tasks-test', { Name: 'security-group-tasks-test' }],
    ]);
  });

  it('have a description, and so have all their rules', () => {
    const all = [...Object.values(groups), ...Object.values(ingress), ...Object.values(egress)];
    expect(all).toHaveLength(11);
    expect(all.filter(({ description }) => !/^[A-Z][\w .,:]{5,}$/.test(String(description)))).toEqual([]);
  });

  it('have no inline rules, which would conflict with the rule resources', () => {
    const inline = Object.values(groups).filter((group) => 'ingress' in group || 'egress' in group);
    expect(inline).toEqual([]);
  });

  it('R1.3 allow networks to reach the load balancer', () => {
    expect(ingress['SecurityGroups/LoadBalancerHttpFrom0.0.0.0--0']).toMatchObject({
      security_group_id: idOf('LoadBalancer'),
      cidr_ipv4: '0.0.0.0/0',
      ip_protocol: 'tcp',
      from_port: 80,
      to_port: 80,
      tags: { Name: 'security-group-rule-load-balancer-http-from-0.0.0.0/0-test' },
    });
    expect(ingress['SecurityGroups/LoadBalancerTestFrom203.0.113.0--24']).toMatchObject({
      security_group_id: idOf('LoadBalancer'),
      cidr_ipv4: '203.0.113.0/24',
      from_port: 8443,
    });
  });

  it('R1.3 allow load balancer to tasks and tasks to endpoints, on both sides', () => {
    const pairs = [
      [egress['SecurityGroups/LoadBalancerToTasks:8080'], 'LoadBalancer', 'Tasks', 8080],
      [ingress['SecurityGroups/TasksFromLoadBalancer:8080'], 'Tasks', 'LoadBalancer', 8080],
      [egress['SecurityGroups/TasksToEndpoints'], 'Tasks', 'Endpoints', 443],
      [ingress['SecurityGroups/EndpointsFromTasks'], 'Endpoints', 'Tasks', 443],
    ] as const;
    for (const [rule, group, peer, port] of pairs) {
      expect(rule).toMatchObject({
        security_group_id: idOf(group),
        referenced_security_group_id: idOf(peer),
        ip_protocol: 'tcp',
        from_port: port,
        to_port: port,
      });
    }
  });

  it('move to ids with the port in states of earlier versions', () => {
    const moves = stack.json['moved'] as readonly { readonly from: string; readonly to: string }[];
    expect(moves).toHaveLength(2);
    for (const { from, to } of moves) {
      const [, address, hash] = /^(.+)_([0-9A-F]{8})$/.exec(from) ?? [];
      expect(hash).toMatch(/D2B47C5C|CBE0FE86/);
      expect(to.startsWith(`${String(address)}8080_`)).toBe(true);
    }
  });

  it('R1.3 allow tasks to reach S3 by the prefix list of the region', () => {
    const [name] = Object.keys(
      (stack.json['data'] as Record<string, Record<string, unknown>>)['aws_ec2_managed_prefix_list'] ?? {},
    );
    expect(stack.json).toMatchObject({
      data: { aws_ec2_managed_prefix_list: { [name!]: { name: 'com.amazonaws.${data.aws_region.Region.name}.s3' } } },
    });
    expect(egress['SecurityGroups/TasksToS3']).toMatchObject({
      security_group_id: idOf('Tasks'),
      prefix_list_id: `\${data.aws_ec2_managed_prefix_list.${name}.id}`,
      from_port: 443,
      to_port: 443,
    });
  });

  it('R1.3 allow tasks to reach the destinations in the environment file', () => {
    expect(egress['SecurityGroups/TasksTo192.0.2.0--24:443']).toMatchObject({
      security_group_id: idOf('Tasks'),
      cidr_ipv4: '192.0.2.0/24',
      description: 'Market data',
      from_port: 443,
    });
  });
});
