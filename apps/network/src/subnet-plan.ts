import { parseCidr } from '@nightshift/config';
import { perZone, type PerZone } from './per-zone';

/** Networks in CIDR notation. */
export interface SubnetPlan {
  readonly public: PerZone<string>;
  readonly private: PerZone<string>;
  /** Spare networks for later use. */
  readonly spare: readonly string[];
}

/** The VPC is divided into eight parts. */
const PARTS_IN_BITS = 3;

/**
 * Divides the VPC into eight equal networks: three public, three private, two spare (R1.1). The smallest VPC, a /24, gives /27s:
 * what a load balancer needs at least.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
 *
 * Do not change the order: it would replace every subnet.
 * @throws {Error} when `vpcCidr` is not an IPv4 network.
 */
export function subnetPlan(vpcCidr: string): SubnetPlan {
  const vpc = parseCidr(vpcCidr);
  if (!vpc) throw new Error(`subnet plan: '${vpcCidr}' is not an IPv4 network`);
  const prefixLength = vpc.prefixLength + PARTS_IN_BITS;
  const size = 2 ** (32 - prefixLength);
  const part = (index: number) => `${dotted(vpc.first + index * size)}/${prefixLength}`;
  return { public: perZone(part), private: perZone((zone) => part(3 + zone)), spare: [part(6), part(7)] };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}
