import { overlap, parseCidr, type Cidr } from '@nightshift/config';
import fc from 'fast-check';
import { subnetPlan, type SubnetPlan } from './subnet-plan';

const all = (plan: SubnetPlan): Cidr[] =>
  [...plan.public, ...plan.private, ...plan.spare].map((text) => parseCidr(text)!);

/** Any network that the configuration accepts for a VPC. */
const vpcs = fc.integer({ min: 16, max: 24 }).chain((prefixLength) =>
  fc.integer({ min: 0, max: 2 ** prefixLength - 1 }).map((number) => {
    const first = number * 2 ** (32 - prefixLength);
    const bytes = [24, 16, 8, 0].map((bits) => Math.floor(first / 2 ** bits) % 256);
    return `${bytes.join('.')}/${prefixLength}`;
  }),
);

describe('subnet plan', () => {
  it('R1.1 divides the VPC by eight: three public subnets, three private subnets, two spares', () => {
    expect(subnetPlan('10.0.0.0/16')).toEqual({
      public: ['10.0.0.0/19', '10.0.32.0/19', '10.0.64.0/19'],
      private: ['10.0.96.0/19', '10.0.128.0/19', '10.0.160.0/19'],
      spare: ['10.0.192.0/19', '10.0.224.0/19'],
    });
  });

  it('R6.1 leaves load balancers the 32 addresses that they need, even in the smallest VPC', () => {
    expect(subnetPlan('192.168.7.0/24').public).toEqual(['192.168.7.0/27', '192.168.7.32/27', '192.168.7.64/27']);
  });

  it('R1.1 returns subnets that do not overlap, for every VPC', () => {
    fc.assert(
      fc.property(vpcs, (vpc) => {
        const subnets = all(subnetPlan(vpc));
        const clashes = subnets.flatMap((one, index) =>
          subnets.slice(index + 1).filter((other) => overlap(one, other)),
        );
        expect(clashes).toEqual([]);
      }),
    );
  });

  it('R1.1 returns subnets of equal size that fill the VPC, for every VPC', () => {
    fc.assert(
      fc.property(vpcs, (text) => {
        const vpc = parseCidr(text)!;
        const subnets = all(subnetPlan(text));
        expect(subnets).toHaveLength(8);
        expect(subnets[0]?.first).toBe(vpc.first);
        expect(subnets.at(-1)?.last).toBe(vpc.last);
        expect(new Set(subnets.map(({ prefixLength }) => prefixLength))).toEqual(new Set([vpc.prefixLength + 3]));
      }),
    );
  });

  it('refuses an invalid network', () => {
    expect(() => subnetPlan('10.0.0.1/16')).toThrow("subnet plan: '10.0.0.1/16' is not an IPv4 network");
  });
});
