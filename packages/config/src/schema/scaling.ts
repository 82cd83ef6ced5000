import { z } from 'zod';
import { percent, whole } from './primitives';

/** R7. Cross-field rules: minimum ≤ desired ≤ maximum, scale-in below scale-out, addresses for the maximum. */
export const scaling = z.strictObject({
  // Not 0: without a task there is no CPU metric, and nothing would ever scale out again.
  minimum: whole(1, 1000).default(2).describe('fewest tasks').meta({ requirement: 'R7.4', unit: 'tasks' }),
  maximum: whole(1, 1000).default(10).describe('most tasks').meta({ requirement: 'R7.4', unit: 'tasks' }),
  scaleOut: z
    .strictObject({
      cpuPercent: percent.default(70).describe('mean CPU above which tasks are added'),
      cooldownSeconds: whole(0, 3600).default(60).describe('from one addition to the next'),
    })
    .prefault({})
    .describe('when tasks are added')
    .meta({ requirement: 'R7.2' }),
  scaleIn: z
    .strictObject({
      cpuPercent: percent.default(30).describe('mean CPU below which a task is taken away'),
      cooldownSeconds: whole(0, 3600).default(300).describe('from one removal to the next'),
      evaluationMinutes: whole(1, 60).default(15).describe('how long CPU stays below before one task is taken away'),
    })
    .prefault({})
    .describe('when tasks are taken away')
    .meta({ requirement: 'R7.3' }),
});
