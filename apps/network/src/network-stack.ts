import { PlatformStack, type PlatformStackProps } from '@nightshift/stack';
import type { Construct } from 'constructs';
import type { NetworkOutputs } from './network-outputs';

/** VPC, subnets in three zones, ways out, security groups, endpoints and flow logs of an environment (R1, R11). */
export class NetworkStack extends PlatformStack {
  declare readonly outputs: NetworkOutputs;

  constructor(scope: Construct, id: string, props: PlatformStackProps) {
    super(scope, id, props);
  }
}
