import { z } from 'zod';
import { percent, whole } from './primitives';

/** R7. Cross-field rules: minimum ≤ desired ≤ maximum, scale-in below scale-out, addresses for the maximum. */
export const scaling = z.strictObject({
  // Not 0: without a task there is no CPU metric, and nothing would ever scale out again.
  minimum: whole(1, 1000).default(2).describe('minimum number of tasks').meta({ requirement: 'R7.4', unit: 'tasks' }),
  maximum: whole(1, 1000).default(10).describe('maximum number of tasks').meta({ requirement: 'R7.4', unit: 'tasks' }),
  scaleOut: z
    .strictObject({
      cpuPercent: percent.default(70).describe('average CPU utilization above which tasks are added'),
      cooldownSeconds: whole(0, 3600).default(60).describe('time between two additions'),
    })
    .prefault({})
    .describe('scale-out')
    .meta({ requirement: 'R7.2' }),
  scaleIn: z
    .strictObject({
      cpuPercent: percent.default(30).describe('average CPU utilization below which a task is removed'),
      cooldownSeconds: whole(0, 3600).default(300).describe('time between two removals'),
      evaluationMinutes: whole(1, 60).default(15).describe('minutes below cpuPercent before a task is removed'),
    })
    .prefault({})
    .describe('scale-in')
    .meta({ requirement: 'R7.3' }),
});
