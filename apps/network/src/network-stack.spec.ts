import { synthStack, testEnvironment, type EnvironmentOverrides } from '@nightshift/testing';
import { NetworkStack } from './network-stack';

const synth = (overrides: EnvironmentOverrides = {}) =>
  synthStack((app) => new NetworkStack(app, 'network', { environment: testEnvironment(overrides) }));

describe('network stack', () => {
  const stack = synth();

  it('R0.2 publishes the VPC, its subnets by zone and the security groups of load balancer and tasks', () => {
    const value = (type: string, path: string) => ({ value: stack.reference(type, path, 'id') });
    expect(stack.outputs).toEqual({
      vpc_id: value('aws_vpc', 'Vpc/Resource'),
      public_subnet_ids_0: value('aws_subnet', 'Vpc/Public0'),
      public_subnet_ids_1: value('aws_subnet', 'Vpc/Public1'),
      public_subnet_ids_2: value('aws_subnet', 'Vpc/Public2'),
      private_subnet_ids_0: value('aws_subnet', 'Vpc/Private0'),
      private_subnet_ids_1: value('aws_subnet', 'Vpc/Private1'),
      private_subnet_ids_2: value('aws_subnet', 'Vpc/Private2'),
      load_balancer_security_group_id: value('aws_security_group', 'SecurityGroups/LoadBalancer'),
      tasks_security_group_id: value('aws_security_group', 'SecurityGroups/Tasks'),
    });
  });

  it('R0.10 protects no resource from being destroyed', () => {
    const text = JSON.stringify(stack.json);
    expect(text.match(/prevent_destroy|skip_destroy|deletion_protection|retain/g)).toBeNull();
    expect(stack.resource('aws_kms_key', 'FlowLogs/Key/Resource')['deletion_window_in_days']).toBe(7);
  });

  it('R0.11 contains no literal region, account or partition', () => {
    const { json } = synth({ region: 'eu-central-1' });
    const text = JSON.stringify({ data: json['data'], resource: json['resource'], output: json['output'] });
    expect(text.match(/eu-central-1|us-east-1|\d{12}|arn:aws/g)).toBeNull();
  });

  it('R0.8 uses no name twice', () => {
    const blocks = stack.types
      .filter((type) => type !== 'aws_security_group')
      .flatMap((type) => Object.values(stack.resources(type)));
    const names = blocks.map(({ tags }) => (tags as { Name: string } | undefined)?.Name).filter((name) => name);
    expect(names.length).toBeGreaterThan(30);
    expect(new Set(names).size).toBe(names.length);
  });
});
