import { z } from 'zod';
import { whole } from './primitives';

/** R5.1, R5.2. At most one provider has a base: AWS allows no more. Cross-field rule: some weight is above 0. */
export const service = z.strictObject({
  desiredCount: whole(0, 1000)
    .default(3)
    .describe('tasks at the first deployment; afterwards auto-scaling owns the number')
    .meta({ requirement: 'R5.1', unit: 'tasks' }),
  capacity: z
    .strictObject({
      spotWeight: whole(0, 1000).default(70).describe('share of FARGATE_SPOT'),
      onDemandWeight: whole(0, 1000).default(30).describe('share of FARGATE'),
      onDemandBase: whole(0, 1000)
        .default(0)
        .describe('tasks that always run on FARGATE, before the shares are applied')
        .meta({ unit: 'tasks' }),
    })
    .prefault({})
    .describe('how tasks are shared between interruptible and on-demand capacity')
    .meta({ requirement: 'R5.2' }),
  platformVersion: z
    .enum(['LATEST', '1.4.0'])
    .default('1.4.0')
    .describe('Fargate platform version; Spot on ARM64 needs at least 1.4.0'),
  healthCheckGracePeriodSeconds: whole(0, 3600)
    .default(60)
    .describe('how long a new task may fail the health check of the load balancer'),
});
