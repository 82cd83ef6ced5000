import { Eip } from '@cdktf/provider-aws/lib/eip';
import { InternetGateway } from '@cdktf/provider-aws/lib/internet-gateway';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { RouteTable } from '@cdktf/provider-aws/lib/route-table';
import { RouteTableAssociation } from '@cdktf/provider-aws/lib/route-table-association';
import type { Environment } from '@nightshift/config';
import { PlatformStack } from '@nightshift/stack';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { perZone, type PerZone, type Zone } from './per-zone';

export interface InternetAccessProps {
  readonly vpcId: string;
  readonly publicSubnetIds: PerZone<string>;
  readonly privateSubnetIds: PerZone<string>;
  readonly natGateways: Environment['network']['natGateways'];
  /** Networks that tasks reach through gateways other than NAT. */
  readonly egress: Environment['network']['egress'];
}

const ANYWHERE = '0.0.0.0/0';

/**
 * Routes: the public subnets share a route table with the internet gateway. Each private subnet has its own, with the NAT gateway of its
 * zone, a single one, or none, by the environment file (R1.2). Private networks have routes to their gateways.
 */
export class InternetAccess extends Construct {
  readonly privateRouteTableIds: PerZone<string>;

  constructor(scope: Construct, id: string, props: InternetAccessProps) {
    super(scope, id);
    const { vpcId, publicSubnetIds, privateSubnetIds, natGateways, egress } = props;
    const { names } = PlatformStack.of(this);
    const gateway = new InternetGateway(this, 'InternetGateway', {
      vpcId,
      tags: { Name: names.of('internet-gateway') },
    });

    const publicTableId = this.routeTable('Public', 'public', vpcId);
    new Route(this, 'PublicRoute', {
      routeTableId: publicTableId,
      destinationCidrBlock: ANYWHERE,
      gatewayId: gateway.id,
    });
    perZone((zone) => {
      const subnetId = publicSubnetIds[zone];
      new RouteTableAssociation(this, `PublicAssociation${zone}`, { subnetId, routeTableId: publicTableId });
    });

    const gateways = new Map<Zone, string>();
    const natOf = (zone: Zone): string => {
      const home = natGateways === 'single' ? 0 : zone;
      const nat = gateways.get(home) ?? this.natGateway(home, publicSubnetIds[home], gateway);
      gateways.set(home, nat);
      return nat;
    };
    this.privateRouteTableIds = perZone((zone) => {
      const routeTableId = this.routeTable(`Private${zone}`, `private-${zone}`, vpcId);
      if (natGateways !== 'none') {
        new Route(this, `PrivateRoute${zone}`, {
          routeTableId,
          destinationCidrBlock: ANYWHERE,
          natGatewayId: natOf(zone),
        });
      }
      this.privateRoutes(zone, routeTableId, egress);
      new RouteTableAssociation(this, `PrivateAssociation${zone}`, { subnetId: privateSubnetIds[zone], routeTableId });
      return routeTableId;
    });
  }

  /** One route for each network. */
  private privateRoutes(zone: Zone, routeTableId: string, egress: InternetAccessProps['egress']): void {
    const ways = new Map(egress.map(({ cidr, through }) => [cidr, through]));
    for (const [destinationCidrBlock, through] of ways) {
      if (through === undefined) continue;
      new Route(this, `PrivateRoute${zone}To${destinationCidrBlock}`, {
        routeTableId,
        destinationCidrBlock,
        ...(through.startsWith('tgw-') && { transitGatewayId: through }),
        ...(through.startsWith('pcx-') && { vpcPeeringConnectionId: through }),
        ...(through.startsWith('vgw-') && { gatewayId: through }),
      });
    }
  }

  private routeTable(id: string, qualifier: string, vpcId: string): string {
    const { names } = PlatformStack.of(this);
    return new RouteTable(this, `${id}RouteTable`, { vpcId, tags: { Name: names.of('route-table', qualifier) } }).id;
  }

  /** The Elastic IP and the NAT gateway are deleted before the internet gateway, which AWS cannot detach while addresses are in use. */
  private natGateway(zone: Zone, subnetId: string, internetGateway: ITerraformDependable): string {
    const { names } = PlatformStack.of(this);
    const dependsOn = [internetGateway];
    const address = new Eip(this, `NatAddress${zone}`, {
      domain: 'vpc',
      dependsOn,
      tags: { Name: names.of('elastic-ip', `nat-${zone}`) },
    });
    const gateway = new NatGateway(this, `NatGateway${zone}`, {
      allocationId: address.allocationId,
      subnetId,
      dependsOn,
      tags: { Name: names.of('nat-gateway', `${zone}`) },
    });
    return gateway.id;
  }
}
