import { VpcEndpoint } from '@cdktf/provider-aws/lib/vpc-endpoint';
import type { Environment } from '@nightshift/config';
import { PlatformStack, policyDocument } from '@nightshift/stack';
import { Construct } from 'constructs';
import { endpointStatements, gatewayStatements } from './endpoint-policies';
import { endpointServices } from './endpoint-services';

export interface EndpointsProps {
  /** The services that tasks call. */
  readonly settings: Pick<Environment, 'container' | 'network' | 'task'>;
  readonly vpcId: string;
  /** The subnets of interface endpoints. */
  readonly subnetIds: readonly string[];
  /** The route tables of the gateway endpoint. */
  readonly routeTableIds: readonly string[];
  readonly securityGroupId: string;
}

/** The VPC endpoints: private connections from tasks to AWS (R11). */
export class Endpoints extends Construct {
  constructor(scope: Construct, id: string, props: EndpointsProps) {
    super(scope, id);
    const { settings, vpcId, subnetIds, routeTableIds, securityGroupId } = props;
    const stack = PlatformStack.of(this);
    const { names, region } = stack;
    for (const service of endpointServices(settings)) {
      new VpcEndpoint(this, pascalCase(service), {
        vpcId,
        serviceName: `com.amazonaws.${region}.${service}`,
        vpcEndpointType: 'Interface',
        privateDnsEnabled: true,
        subnetIds: [...subnetIds],
        securityGroupIds: [securityGroupId],
        policy: policyDocument(endpointStatements(service, settings, stack)),
        tags: { Name: names.of('vpc-endpoint', service.replace('.', '-')) },
      });
    }
    new VpcEndpoint(this, 'S3', {
      vpcId,
      serviceName: `com.amazonaws.${region}.s3`,
      vpcEndpointType: 'Gateway',
      routeTableIds: [...routeTableIds],
      policy: policyDocument(gatewayStatements(settings, stack)),
      tags: { Name: names.of('vpc-endpoint', 's3') },
    });
  }
}

/** `ecr.api` as `EcrApi`. */
function pascalCase(service: string): string {
  return service.replaceAll(/(?:^|[.-])(\w)/g, (_, letter: string) => letter.toUpperCase());
}
