import {
  DescribeFlowLogsCommand,
  DescribeNatGatewaysCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcsCommand,
  EC2Client,
  type RouteTable,
  type SecurityGroupRule,
  type Subnet,
} from '@aws-sdk/client-ec2';
import { only } from '../harness/only';
import type { Platform } from '../harness/platform';

/** R1: network and allowed connections. */
export function network(platform: () => Platform): void {
  const ec2 = () => platform().aws(EC2Client);
  const inEnvironment = () => [{ Name: 'tag:Environment', Values: [platform().suffix] }];

  const vpc = async () => only((await ec2().send(new DescribeVpcsCommand({ Filters: inEnvironment() }))).Vpcs);
  const subnets = async () =>
    (await ec2().send(new DescribeSubnetsCommand({ Filters: inEnvironment() }))).Subnets ?? [];
  const named = (all: readonly Subnet[], kind: string) =>
    all.filter(({ Tags }) => Tags?.some(({ Key, Value }) => Key === 'Name' && Value?.includes(kind)));
  const routeTableOf = async (subnet: Subnet): Promise<RouteTable> => {
    const Filters = [{ Name: 'association.subnet-id', Values: [String(subnet.SubnetId)] }];
    return only((await ec2().send(new DescribeRouteTablesCommand({ Filters }))).RouteTables);
  };
  const defaultRoute = async (subnet: Subnet) =>
    (await routeTableOf(subnet)).Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0');
  const group = async (qualifier: string) => {
    const name = platform().names.of('security-group', qualifier);
    const Filters = [{ Name: 'group-name', Values: [name] }];
    return String(only((await ec2().send(new DescribeSecurityGroupsCommand({ Filters }))).SecurityGroups).GroupId);
  };
  const rulesOf = async (groupId: string, egress: boolean): Promise<SecurityGroupRule[]> => {
    const Filters = [{ Name: 'group-id', Values: [groupId] }];
    const { SecurityGroupRules = [] } = await ec2().send(new DescribeSecurityGroupRulesCommand({ Filters }));
    return SecurityGroupRules.filter(({ IsEgress }) => IsEgress === egress);
  };

  it('R1.1 the VPC has 3 public and 3 private subnets in 3 zones', async () => {
    const all = await subnets();
    const vpcId = (await vpc()).VpcId;
    for (const kind of ['public', 'private']) {
      const ofKind = named(all, kind);
      expect(ofKind.map(({ VpcId }) => VpcId)).toEqual([vpcId, vpcId, vpcId]);
      expect(new Set(ofKind.map(({ AvailabilityZone }) => AvailabilityZone)).size).toBe(3);
      expect(ofKind.map(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).toEqual([false, false, false]);
    }
    expect(all).toHaveLength(6);
  });

  it('R1.2 private subnets use the NAT gateway of their zone, public subnets the internet gateway', async () => {
    const all = await subnets();
    const { NatGateways = [] } = await ec2().send(new DescribeNatGatewaysCommand({ Filter: inEnvironment() }));
    const running = NatGateways.filter(({ State, VpcId }) => State === 'available' && VpcId === all[0]?.VpcId);
    const { natGateways } = platform().environment.network;
    const single = natGateways === 'single';
    expect(running).toHaveLength({ none: 0, single: 1, 'one-per-zone': 3 }[natGateways]);
    const zoneOf = (subnetId?: string) => all.find(({ SubnetId }) => SubnetId === subnetId)?.AvailabilityZone;
    for (const subnet of natGateways === 'none' ? [] : named(all, 'private')) {
      const route = await defaultRoute(subnet);
      const gateway = running.find(({ NatGatewayId }) => NatGatewayId === route?.NatGatewayId);
      expect(gateway?.State).toBe('available');
      if (!single) expect(zoneOf(gateway?.SubnetId)).toBe(subnet.AvailabilityZone);
    }
    for (const subnet of named(all, 'public')) expect((await defaultRoute(subnet))?.GatewayId).toMatch(/^igw-/);
  });

  it('R1.3 tasks accept traffic only from the load balancer, and send only to endpoints and S3', async () => {
    const { port } = platform().environment.container;
    const [balancer, tasks, endpoints] = await Promise.all([
      group('load-balancer'),
      group('tasks'),
      group('endpoints'),
    ]);
    expect(await rulesOf(tasks, false)).toMatchObject([
      { FromPort: port, ToPort: port, IpProtocol: 'tcp', ReferencedGroupInfo: { GroupId: balancer } },
    ]);
    const egress = await rulesOf(tasks, true);
    expect(egress).toHaveLength(2);
    expect(egress).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          FromPort: 443,
          ReferencedGroupInfo: expect.objectContaining({ GroupId: endpoints }),
        }),
        expect.objectContaining({ FromPort: 443, PrefixListId: expect.stringMatching(/^pl-/) }),
      ]),
    );
    expect(await rulesOf(balancer, true)).toMatchObject([
      { FromPort: port, ToPort: port, ReferencedGroupInfo: { GroupId: tasks } },
    ]);
    expect(await rulesOf(endpoints, false)).toMatchObject([{ FromPort: 443, ReferencedGroupInfo: { GroupId: tasks } }]);
    expect(await rulesOf(endpoints, true)).toEqual([]);
  });

  it('R1.3 the default security group of the VPC has no rules', async () => {
    const Filters = [
      { Name: 'group-name', Values: ['default'] },
      { Name: 'vpc-id', Values: [String((await vpc()).VpcId)] },
    ];
    const { GroupId } = only((await ec2().send(new DescribeSecurityGroupsCommand({ Filters }))).SecurityGroups);
    expect(await rulesOf(String(GroupId), false)).toEqual([]);
    expect(await rulesOf(String(GroupId), true)).toEqual([]);
  });

  it('R1.4 a flow log records all traffic of the VPC', async () => {
    const Filter = [{ Name: 'resource-id', Values: [String((await vpc()).VpcId)] }];
    const { FlowLogs } = await ec2().send(new DescribeFlowLogsCommand({ Filter }));
    expect(only(FlowLogs)).toMatchObject({
      TrafficType: 'ALL',
      LogDestinationType: 'cloud-watch-logs',
      FlowLogStatus: 'ACTIVE',
      MaxAggregationInterval: 60,
    });
  });
}
