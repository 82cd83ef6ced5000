import { DefaultSecurityGroup } from '@cdktf/provider-aws/lib/default-security-group';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { PlatformStack } from '@nightshift/stack';
import { Construct } from 'constructs';
import { AvailableZones } from './available-zones';
import { perZone, type PerZone, type Zone } from './per-zone';
import { subnetPlan } from './subnet-plan';

export interface ThreeZoneVpcProps {
  /** IPv4 network, /16 to /24. */
  readonly cidr: string;
}

/**
 * A VPC with a public and a private subnet in each of three zones (R1.1). Its default security group has no rules, so that resources
 * without another security group have no connections (R1.3).
 */
export class ThreeZoneVpc extends Construct {
  readonly vpcId: string;
  readonly publicSubnetIds: PerZone<string>;
  readonly privateSubnetIds: PerZone<string>;

  constructor(scope: Construct, id: string, { cidr }: ThreeZoneVpcProps) {
    super(scope, id);
    const { names } = PlatformStack.of(this);
    const vpc = new Vpc(this, 'Resource', {
      cidrBlock: cidr,
      // Both, for private DNS of endpoints: https://docs.aws.amazon.com/vpc/latest/privatelink/interface-endpoints.html
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: names.of('vpc') },
    });
    // Without rules, the provider removes the default ones of AWS.
    new DefaultSecurityGroup(this, 'DefaultSecurityGroup', {
      vpcId: vpc.id,
      tags: { Name: names.of('security-group', 'default') },
    });
    const zones = new AvailableZones(this, 'Zones');
    const plan = subnetPlan(cidr);
    const subnet = (kind: 'public' | 'private', zone: Zone) => {
      const subnetId = `${kind === 'public' ? 'Public' : 'Private'}${zone}`;
      return new Subnet(this, subnetId, {
        vpcId: vpc.id,
        availabilityZone: zones.names[zone],
        cidrBlock: plan[kind][zone],
        // Also for public subnets: load balancer and NAT gateways have their own addresses.
        mapPublicIpOnLaunch: false,
        tags: { Name: names.of('subnet', `${kind}-${zone}`) },
      }).id;
    };
    this.vpcId = vpc.id;
    this.publicSubnetIds = perZone((zone) => subnet('public', zone));
    this.privateSubnetIds = perZone((zone) => subnet('private', zone));
  }
}
