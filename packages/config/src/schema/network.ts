import { z } from 'zod';
import { distinct } from './distinct';
import { cidr, description, port } from './primitives';

/** A destination outside the VPC that tasks may reach (R1.3). */
const egress = z.strictObject({
  description: description.describe('description of the security group rule').meta({ examples: ['Market data'] }),
  cidr: cidr.describe('IPv4 network of the destination').meta({ examples: ['192.0.2.0/24'] }),
  port: port.default(443).describe('TCP port of the destination'),
  // The owner of the other network attaches or accepts it: https://docs.aws.amazon.com/vpc/latest/userguide/route-table-options.html
  through: z
    .string()
    .regex(
      /^(?:tgw|pcx|vgw)-[0-9a-f]{8,17}$/,
      'is not a gateway - write the id of a transit gateway (tgw-), VPC peering (pcx-) or virtual private gateway (vgw-)',
    )
    .optional()
    .describe('id of a gateway that is attached to the VPC: tgw-, pcx- or vgw-; the NAT gateway by default')
    .meta({ examples: ['tgw-0123456789abcdef0'] }),
});

const endpoint = z.enum([
  'secretsmanager',
  'sns',
  'sqs',
  'sts',
  'monitoring',
  'events',
  'states',
  'kinesis-streams',
  'ecs-agent',
  'ecs-telemetry',
]);

/** R1, R11. Cross-field rules: six subnets, room for two versions of all tasks, egress outside the VPC and with one way there. */
export const network = z.strictObject({
  cidr: cidr.default('10.0.0.0/16').describe('IPv4 network of the VPC, /16 to /24: it is divided into six subnets'),
  natGateways: z
    .enum(['one-per-zone', 'single', 'none'])
    .default('one-per-zone')
    .describe(
      'one-per-zone: a NAT gateway in each zone; single: one for all zones (cheaper, but the failure of its zone stops all egress); none: no NAT gateway, if no destination needs one',
    )
    .meta({ requirement: 'R1.2' }),
  egress: distinct(egress, {
    what: 'is the same network and port as',
    keyOf: ({ cidr, port }) => `${cidr} ${port}`,
  })
    // A security group holds 60 rules a direction, and some are the platform's own: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
    .max(50, 'has more destinations than a security group supports - combine networks, at most 50')
    .default([])
    .describe('destinations outside of the VPC that tasks can reach; none by default')
    .meta({ requirement: 'R1.3' }),
  endpointZones: z
    .enum(['all', 'one'])
    .default('all')
    .describe(
      'all: interface endpoints in every zone; one: only in the first zone (a third of the cost, but the failure of this zone stops all tasks)',
    )
    .meta({ requirement: 'R11' }),
  endpoints: distinct(endpoint, { what: 'is the same as' })
    .default([])
    .describe(
      'additional AWS services that tasks reach through interface endpoints, besides those that the platform needs',
    )
    .meta({ requirement: 'R11', examples: [['sqs']] }),
});
