import { z } from 'zod';
import { distinct } from './distinct';
import { cidr, description, port } from './primitives';

/** A destination outside the VPC that tasks may reach, through the NAT gateway (R1.3). */
const egress = z.strictObject({
  description: description.describe('what is reached, for the security group rule'),
  cidr: cidr.describe('IPv4 network of the destination'),
  port: port.default(443).describe('TCP port of the destination'),
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

/** R1, R11. Cross-field rules: six subnets, room for two versions of all tasks, egress outside the VPC. */
export const network = z.strictObject({
  cidr: cidr.default('10.0.0.0/16').describe('IPv4 network of the VPC, /16 to /24: it is divided into six subnets'),
  natGateways: z
    .enum(['one-per-zone', 'single'])
    .default('one-per-zone')
    .describe('one NAT gateway in each zone, or a single one for all (cheaper, and a zone failure cuts all egress)'),
  egress: distinct(egress, {
    what: 'is the same network and port as',
    keyOf: ({ cidr, port }) => `${cidr} ${port}`,
  })
    // A security group holds 60 rules a direction, and some are the platform's own: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
    .max(50, 'has more destinations than a security group holds - join networks, 50 at most')
    .default([])
    .describe('destinations outside the VPC that tasks may reach; none by default'),
  endpoints: distinct(endpoint, { what: 'is the same as' })
    .default([])
    .describe(
      'further AWS services that tasks reach by interface endpoint, beside those that the platform needs itself',
    ),
});
