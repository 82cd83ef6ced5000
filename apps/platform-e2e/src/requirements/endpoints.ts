import { DescribeSubnetsCommand, DescribeVpcEndpointsCommand, EC2Client, type VpcEndpoint } from '@aws-sdk/client-ec2';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';

/** R11: VPC endpoints. */
export function endpoints(platform: () => Platform): void {
  const ec2 = () => platform().aws(EC2Client);
  const inEnvironment = () => [{ Name: 'tag:Environment', Values: [platform().suffix] }];
  const all = async () =>
    (await ec2().send(new DescribeVpcEndpointsCommand({ Filters: inEnvironment() }))).VpcEndpoints ?? [];
  const service = ({ ServiceName = '' }: VpcEndpoint) =>
    ServiceName.replace(`com.amazonaws.${platform().environment.region}.`, '');
  const interfaces = async () => (await all()).filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface');

  it('R11.1 interface endpoints exist for ECR, ECS, CloudWatch Logs and ECS Exec', async () => {
    const names = (await interfaces()).map(service);
    expect(names).toEqual(expect.arrayContaining(['ecr.api', 'ecr.dkr', 'ecs', 'logs', 'ssmmessages', 'kms']));
  });

  it('R11.2 a gateway endpoint for S3 is on the three private route tables', async () => {
    const gateway = only((await all()).filter(({ VpcEndpointType }) => VpcEndpointType === 'Gateway'));
    expect(service(gateway)).toBe('s3');
    expect(gateway.RouteTableIds).toHaveLength(3);
  });

  it('R11.3 all interface endpoints are in the private subnets, with their own security group', async () => {
    const Filters = [...inEnvironment(), { Name: 'tag:Name', Values: ['*private*'] }];
    const { Subnets = [] } = await ec2().send(new DescribeSubnetsCommand({ Filters }));
    const privateSubnets = Subnets.map(({ SubnetId }) => SubnetId).sort();
    for (const { SubnetIds, Groups } of await interfaces()) {
      expect([...(SubnetIds ?? [])].sort()).toEqual(privateSubnets);
      expect(Groups).toHaveLength(1);
    }
  });

  it('R11.3 no endpoint policy allows every principal every action', async () => {
    for (const endpoint of await all()) {
      const { Statement } = JSON.parse(String(endpoint.PolicyDocument)) as { Statement: Record<string, unknown>[] };
      for (const { Action, Resource, Condition } of Statement) {
        expect({ service: service(endpoint), Action }).not.toMatchObject({ Action: '*' });
        expect({ service: service(endpoint), open: Resource === '*' && !Condition }).toMatchObject({ open: false });
      }
    }
  });

  it('R11.4 private DNS resolves to the interface endpoints', async () => {
    for (const { PrivateDnsEnabled } of await interfaces()) expect(PrivateDnsEnabled).toBe(true);
  });
}
