import { z } from 'zod';
import { distinct } from './distinct';
import { cidr, path, port, whole } from './primitives';

/** R6.4: TLS with a certificate. */
const listener = z.discriminatedUnion('protocol', [
  z.strictObject({ protocol: z.literal('HTTP').describe('HTTP on port 80, or HTTPS on 443 with a redirect from 80') }),
  z.strictObject({
    protocol: z.literal('HTTPS').describe('HTTP on port 80, or HTTPS on 443 with a redirect from 80'),
    certificateArn: z
      .string()
      .regex(
        /^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/,
        'is not the ARN of an ACM certificate - write one such as arn:aws:acm:<region>:<account>:certificate/<id>',
      )
      .describe('ACM certificate, in the region of the environment')
      .meta({ examples: ['arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012'] }),
    // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
    sslPolicy: z
      .string()
      .regex(
        /^ELBSecurityPolicy-(?:TLS13-1-[23]|FS-1-2|TLS-1-2)-[\w-]+$/,
        'is not a policy of TLS 1.2 or later - use one such as ELBSecurityPolicy-TLS13-1-2-2021-06',
      )
      .default('ELBSecurityPolicy-TLS13-1-2-2021-06')
      .describe('TLS versions and ciphers of the listener'),
  }),
]);

const sameNetwork = { what: 'is the same network as' };

/**
 * R6. Cross-field rules: ports differ, a check times out before the next one, the certificate is where the listener is, the deregistration
 * delay covers a job.
 */
export const loadBalancer = z.strictObject({
  scheme: z
    .enum(['internet-facing', 'internal'])
    .default('internet-facing')
    .describe(
      'internet-facing: public addresses, in the public subnets; internal: private addresses, in the private subnets',
    ),
  listener: listener.prefault({ protocol: 'HTTP' }).describe('production listener').meta({ requirement: 'R6.4' }),
  // 60 rules a security group, and each network needs one for port 80 and one for 443: https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
  allowedCidrs: distinct(cidr, sameNetwork)
    .min(1, 'is empty, so no client can reach the load balancer - add at least one network')
    .max(20, 'has more networks than a security group supports - combine networks, at most 20')
    .default(['0.0.0.0/0'])
    .describe('networks that can reach the load balancer'),
  testListener: z
    .strictObject({
      port: port.default(8443).describe('TCP port of the listener for the new version'),
      allowedCidrs: distinct(cidr, sameNetwork)
        .max(20, 'has more networks than a security group supports - combine networks, at most 20')
        .default([])
        .describe('networks that can reach the new version before the traffic shift; none by default')
        .meta({ examples: [['198.51.100.0/24']] }),
    })
    .prefault({})
    .describe('listener for the new version before the traffic shift'),
  healthCheck: z
    .strictObject({
      path: path.default('/health').describe('path of the request to each task; a healthy task returns status 200'),
      intervalSeconds: whole(5, 300).default(30).describe('time between two checks'),
      timeoutSeconds: whole(2, 120).default(5).describe('time after which a check fails'),
      healthyThreshold: whole(2, 10).default(2).describe('consecutive successes that make a task healthy'),
      unhealthyThreshold: whole(2, 10)
        .default(3)
        .describe('consecutive failures that make a task unhealthy')
        .meta({ requirement: 'R6.3' }),
    })
    .prefault({})
    .describe('health check of the tasks by the load balancer')
    .meta({ requirement: 'R6.2' }),
  idleTimeoutSeconds: whole(1, 4000)
    .default(60)
    .describe('time without data after which a connection is closed: the maximum duration of a job'),
  // The load balancer breaks open connections at its end:
  // https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-target-group-attributes.html#deregistration-delay
  deregistrationDelaySeconds: whole(0, 3600)
    .default(90)
    .describe('time for a deregistered task to finish its requests; ends earlier if it has none'),
  accessLogRetentionDays: whole(1, 3650).default(30).describe('retention of the access logs'),
});
