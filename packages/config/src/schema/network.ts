import { z } from 'zod';
import { cidr, description, port } from './primitives';

/** A destination outside the VPC that tasks may reach, through the NAT gateway (R1.3). */
const egress = z.strictObject({
  description: description.describe('what is reached, for the security group rule'),
  cidr: cidr.describe('IPv4 network of the destination'),
  port: port.default(443).describe('TCP port of the destination'),
});

/** R1, R11. */
export const network = z.strictObject({
  cidr: cidr.default('10.0.0.0/16').describe('IPv4 network of the VPC, /16 to /24: it is divided into six subnets'),
  natGateways: z
    .enum(['one-per-zone', 'single'])
    .default('one-per-zone')
    .describe('one NAT gateway in each zone, or a single one for all (cheaper, and a zone failure cuts all egress)'),
  egress: z.array(egress).default([]).describe('destinations outside the VPC that tasks may reach; none by default'),
  endpoints: z
    .array(
      z.enum([
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
      ]),
    )
    .default([])
    .describe(
      'further AWS services that tasks reach by interface endpoint, beside those that the platform needs itself',
    ),
});
