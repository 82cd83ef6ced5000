import { z } from 'zod';
import { whole } from './primitives';

/** R5.1, R5.2. At most one provider has a base: AWS allows no more. Cross-field rule: some weight is above 0. */
export const service = z.strictObject({
  desiredCount: whole(0, 1000)
    .default(3)
    .describe('number of tasks at the first deployment; afterwards auto-scaling controls it')
    .meta({ requirement: 'R5.1', unit: 'tasks' }),
  capacity: z
    .strictObject({
      spotWeight: whole(0, 1000).default(70).describe('weight of FARGATE_SPOT'),
      onDemandWeight: whole(0, 1000).default(30).describe('weight of FARGATE'),
      onDemandBase: whole(0, 1000)
        .default(0)
        .describe('number of tasks that always run on FARGATE, before the weights apply')
        .meta({ unit: 'tasks' }),
    })
    .prefault({})
    .describe('distribution of the tasks over FARGATE_SPOT and FARGATE')
    .meta({ requirement: 'R5.2' }),
  platformVersion: z
    .enum(['LATEST', '1.4.0'])
    .default('1.4.0')
    .describe('Fargate platform version; Spot on ARM64 needs at least 1.4.0'),
  healthCheckGracePeriodSeconds: whole(0, 3600)
    .default(60)
    .describe('time for which a new task may fail the health check of the load balancer'),
});
