import { PlatformStack, type PlatformStackProps } from '@nightshift/stack';
import type { Construct } from 'constructs';
import { Endpoints } from './endpoints';
import { FlowLogs } from './flow-logs';
import { InternetAccess } from './internet-access';
import type { NetworkOutputs } from './network-outputs';
import { securityGroupRules } from './security-group-rules';
import { SecurityGroups } from './security-groups';
import { ThreeZoneVpc } from './three-zone-vpc';

/** VPC, subnets in three zones, internet access, security groups, endpoints and flow logs of an environment (R1, R11). */
export class NetworkStack extends PlatformStack {
  readonly outputs: NetworkOutputs;

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, props);
    const { environment } = props;
    const { network, logs, encryption } = environment;
    const { vpcId, publicSubnetIds, privateSubnetIds } = new ThreeZoneVpc(this, 'Vpc', { cidr: network.cidr });
    const { privateRouteTableIds } = new InternetAccess(this, 'InternetAccess', {
      vpcId,
      publicSubnetIds,
      privateSubnetIds,
      natGateways: network.natGateways,
      egress: network.egress,
    });
    const groups = new SecurityGroups(this, 'SecurityGroups', { rules: securityGroupRules(environment), vpcId });
    new Endpoints(this, 'Endpoints', {
      settings: environment,
      vpcId,
      subnetIds: network.endpointZones === 'one' ? privateSubnetIds.slice(0, 1) : privateSubnetIds,
      routeTableIds: privateRouteTableIds,
      securityGroupId: groups.endpointsId,
    });
    new FlowLogs(this, 'FlowLogs', {
      vpcId,
      retentionDays: logs.retentionDays,
      keyDeletionWindowDays: encryption.deletionWindowDays,
    });

    this.outputs = this.publish({
      vpc_id: vpcId,
      public_subnet_ids: publicSubnetIds,
      private_subnet_ids: privateSubnetIds,
      load_balancer_security_group_id: groups.loadBalancerId,
      tasks_security_group_id: groups.tasksId,
    });
  }
}
