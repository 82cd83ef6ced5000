import { overlap, overlapping, parseCidr, type Cidr } from '../../cidr';
import { rule } from './rule';

/**
 * The network is divided by 8: six subnets and two spares. A VPC is /16 at most, a load balancer's subnet /27 at least.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#subnets-load-balancer
 */
const PREFIX = { shortest: 16, longest: 24, bitsOfSubnet: 3 };
const ZONES = 3;
const EVERYWHERE = '0.0.0.0/0';
/** Reserved addresses per subnet: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const RESERVED = 5;
/** Maximum number of interface endpoints of the platform; each uses an address in each private subnet. */
const OWN_ENDPOINTS = 8;

/** https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#vpc-sizing-ipv4, and the reserved range above multicast. */
const UNUSABLE = ['0.0.0.0/8', '127.0.0.0/8', '169.254.0.0/16', '224.0.0.0/3'];

const usable = rule({
  reads: ['network'],
  check({ network }, report) {
    const range = UNUSABLE.find((one) => overlapping(network.cidr, one));
    if (range === undefined) return;
    report(['network', 'cidr'], {
      what: `is in a range that is not valid for a VPC (${range})`,
      got: network.cidr,
      todo: 'use a network in 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16',
    });
  },
});

const sixSubnets = rule({
  reads: ['network'],
  check({ network }, report) {
    const vpc = parseCidr(network.cidr);
    if (!vpc || holdsSixSubnets(vpc)) return;
    report(['network', 'cidr'], {
      what: 'is too large or too small for six subnets',
      got: network.cidr,
      todo: `use a prefix from /${PREFIX.shortest} to /${PREFIX.longest}`,
    });
  },
});

/** A release runs two versions at once, and each task has its own address. */
const roomForTasks = rule({
  reads: ['network', 'scaling'],
  check({ network, scaling }, report) {
    const vpc = parseCidr(network.cidr);
    if (!vpc || !holdsSixSubnets(vpc)) return;
    const size = 2 ** (32 - vpc.prefixLength - PREFIX.bitsOfSubnet);
    const room = ZONES * (size - RESERVED - OWN_ENDPOINTS - network.endpoints.length);
    if (2 * scaling.maximum <= room) return;
    report(['scaling', 'maximum'], {
      what: `needs ${2 * scaling.maximum} addresses while a release runs two versions, and the private subnets of network.cidr (${network.cidr}) have ${room}`,
      got: scaling.maximum,
      todo: `lower it to ${Math.floor(room / 2)}, or use a larger network`,
    });
  },
});

/** 0.0.0.0/0 is allowed, although it contains the VPC. */
const egressOutside = rule({
  reads: ['network'],
  check({ network: { cidr, egress } }, report) {
    const vpc = parseCidr(cidr);
    egress.forEach((destination, index) => {
      const other = parseCidr(destination.cidr);
      if (!vpc || !other || other.prefixLength === 0 || !overlap(vpc, other)) return;
      report(['network', 'egress', index, 'cidr'], {
        what: `overlaps the network of the VPC (${cidr}), in which tasks reach endpoints only`,
        got: destination.cidr,
        todo: 'use a network outside of the VPC',
      });
    });
  },
});

const egressHasWay = rule({
  reads: ['network'],
  check({ network: { egress, natGateways } }, report) {
    egress.forEach(({ cidr, through }, index) => {
      const where = ['network', 'egress', index, through === undefined ? 'cidr' : 'through'] as const;
      const first = egress.findIndex((other) => other.cidr === cidr);
      if (egress[first]?.through !== through) {
        report(where, {
          what: `has another gateway than item ${first + 1} of the list, and a network can have only one route`,
          got: through ?? cidr,
          todo: 'give both the same through',
        });
      } else if (through === undefined && natGateways === 'none') {
        report(where, {
          what: 'cannot be reached without a NAT gateway (network.natGateways is none)',
          got: cidr,
          todo: 'set network.natGateways to single, or set through to a gateway',
        });
      } else if (through !== undefined && cidr === EVERYWHERE && natGateways !== 'none') {
        report(where, {
          what: 'is a second route to 0.0.0.0/0, besides the NAT gateways',
          got: through,
          todo: 'set network.natGateways to none, or use a smaller network',
        });
      }
    });
  },
});

function holdsSixSubnets({ prefixLength }: Cidr): boolean {
  return prefixLength >= PREFIX.shortest && prefixLength <= PREFIX.longest;
}

export const networkRules = [usable, sixSubnets, roomForTasks, egressOutside, egressHasWay];
