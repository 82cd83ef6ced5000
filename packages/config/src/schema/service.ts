import { z } from 'zod';
import { cidr, percent, port, whole } from './primitives';

/** R5.1, R5.2. At most one provider has a base: AWS allows no more. */
export const service = z.strictObject({
  desiredCount: whole(0, 1000)
    .default(3)
    .describe('tasks at the first deployment; afterwards auto-scaling owns the number'),
  capacity: z
    .strictObject({
      spotWeight: whole(0, 1000).default(70).describe('share of FARGATE_SPOT'),
      onDemandWeight: whole(0, 1000).default(30).describe('share of FARGATE'),
      onDemandBase: whole(0, 1000)
        .default(0)
        .describe('tasks that always run on FARGATE, before the shares are applied'),
    })
    .prefault({}),
  platformVersion: z.enum(['LATEST', '1.4.0']).default('1.4.0'),
  healthCheckGracePeriodSeconds: whole(0, 3600).default(60),
});

/** R7. Cross-field rules: minimum ≤ desired ≤ maximum, scale-in below scale-out. */
export const scaling = z.strictObject({
  minimum: whole(0, 1000).default(2),
  maximum: whole(1, 1000).default(10),
  scaleOut: z
    .strictObject({ cpuPercent: percent.default(70), cooldownSeconds: whole(0, 3600).default(60) })
    .prefault({}),
  scaleIn: z
    .strictObject({
      cpuPercent: percent.default(30),
      cooldownSeconds: whole(0, 3600).default(300),
      evaluationMinutes: whole(1, 60).default(15).describe('how long CPU stays below before one task is taken away'),
    })
    .prefault({}),
});

/** R6.4: TLS where the environment gives a certificate. */
const listener = z.discriminatedUnion('protocol', [
  z.strictObject({ protocol: z.literal('HTTP') }),
  z.strictObject({
    protocol: z.literal('HTTPS'),
    certificateArn: z
      .string()
      .regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, 'is not the ARN of an ACM certificate'),
    sslPolicy: z.string().startsWith('ELBSecurityPolicy-').default('ELBSecurityPolicy-TLS13-1-2-2021-06'),
  }),
]);

/** R6. */
export const loadBalancer = z.strictObject({
  listener: listener.prefault({ protocol: 'HTTP' }),
  allowedCidrs: z.array(cidr).min(1).default(['0.0.0.0/0']).describe('who may reach the load balancer'),
  testListener: z
    .strictObject({
      port: port.default(8443),
      allowedCidrs: z
        .array(cidr)
        .default([])
        .describe('who may reach the new version before traffic is shifted; nobody by default'),
    })
    .prefault({}),
  healthCheck: z
    .strictObject({
      path: z.string().startsWith('/').default('/health'),
      intervalSeconds: whole(5, 300).default(30),
      timeoutSeconds: whole(2, 120).default(5),
      healthyThreshold: whole(2, 10).default(2),
      unhealthyThreshold: whole(2, 10).default(3),
    })
    .prefault({}),
  idleTimeoutSeconds: whole(1, 4000).default(60),
  deregistrationDelaySeconds: whole(0, 3600).default(30),
  accessLogRetentionDays: whole(1, 3650).default(30),
});

/** R10.2: what share of the traffic moves, how often. */
const trafficRouting = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('linear'),
    percentage: whole(1, 99).default(10),
    intervalMinutes: whole(1, 2880).default(1),
  }),
  z.strictObject({ type: z.literal('canary'), percentage: whole(1, 99), intervalMinutes: whole(1, 2880) }),
  z.strictObject({ type: z.literal('all-at-once') }),
]);

/** R10. */
export const deployment = z.strictObject({
  trafficRouting: trafficRouting.prefault({ type: 'linear' }),
  terminationWaitMinutes: whole(0, 2880)
    .default(10)
    .describe('how long the old tasks stay after the shift, for a quick way back'),
});
