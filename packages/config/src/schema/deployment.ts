import { z } from 'zod';
import { whole } from './primitives';

const types = 'linear: equal parts; canary: one part, then the rest; all-at-once';

/** R10.2: what share of the traffic moves, how often. */
const trafficRouting = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('linear').describe(types),
    percentage: whole(1, 99).default(10).describe('traffic that moves in each step'),
    intervalMinutes: whole(1, 2880).default(1).describe('from one step to the next'),
  }),
  z.strictObject({
    type: z.literal('canary').describe(types),
    percentage: whole(1, 99).describe('traffic that moves first'),
    intervalMinutes: whole(1, 2880).describe('until the rest moves'),
  }),
  z.strictObject({ type: z.literal('all-at-once').describe(types) }),
]);

/** R10. */
export const deployment = z.strictObject({
  trafficRouting: trafficRouting
    .prefault({ type: 'linear' })
    .describe('how traffic moves to a new version: 10 % a minute by default'),
  terminationWaitMinutes: whole(0, 2880)
    .default(10)
    .describe('how long the old tasks stay after the shift, for a quick way back'),
});
