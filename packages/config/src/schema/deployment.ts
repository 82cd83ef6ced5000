import { z } from 'zod';
import { whole } from './primitives';

const types = 'linear: equal steps; canary: one step, then the rest; all-at-once: one step';

/** R10.2: the steps of the traffic shift. */
const trafficRouting = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('linear').describe(types),
    percentage: whole(1, 99).default(10).describe('traffic that each step shifts').meta({ unit: 'percent' }),
    intervalMinutes: whole(1, 2880).default(1).describe('time between two steps'),
  }),
  z.strictObject({
    type: z.literal('canary').describe(types),
    percentage: whole(1, 99)
      .describe('traffic that the first step shifts')
      .meta({ unit: 'percent', examples: [10] }),
    intervalMinutes: whole(1, 2880)
      .describe('time until the rest is shifted')
      .meta({ examples: [5] }),
  }),
  z.strictObject({ type: z.literal('all-at-once').describe(types) }),
]);

/** One request that the new version must answer before it gets traffic. */
const testRequest = z.strictObject({
  method: z.enum(['GET', 'POST', 'PUT']).default('GET').describe('HTTP method'),
  path: z
    .string()
    .regex(
      /^\/[\x21-\x7e]{0,1023}$/,
      'is not a path - start with / and encode spaces and other characters, such as %20',
    )
    .describe('path, with the query if there is one')
    .meta({ examples: ['/jobs'] }),
  body: z
    .string()
    .max(65_536, 'is longer than 65536 characters - use a smaller job')
    .optional()
    .describe('JSON to send')
    .meta({ examples: ['{"positions":[]}'] }),
  status: whole(100, 599).default(200).describe('expected status'),
  contains: z
    .string()
    .min(1, 'is empty - write a text, or remove the key')
    .optional()
    .describe('text that the response must contain')
    .meta({ examples: ['"valueAtRisk":55.25'] }),
});

/** Of the reference workload: 100 shares lose at most 55.25 on 3 of these 4 days. */
const REFERENCE_JOB: z.input<typeof testRequest> = {
  method: 'POST',
  path: '/jobs',
  body: JSON.stringify({
    positions: [{ instrument: 'ACME', quantity: 100, price: 42.5 }],
    scenarios: {
      dates: ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05'],
      returns: { ACME: [0.011, -0.024, 0.005, -0.013] },
    },
    confidence: 0.75,
  }),
  contains: '"valueAtRisk":55.25',
};

/** R10. */
export const deployment = z.strictObject({
  trafficRouting: trafficRouting
    .prefault({ type: 'linear' })
    .describe('how the traffic shifts to a new version; by default 10 % per minute')
    .meta({ requirement: 'R10.2' }),
  terminationWaitMinutes: whole(0, 2880)
    .default(10)
    .describe('time for which the old tasks stay after the traffic shift, for a fast rollback')
    .meta({ requirement: 'R10.3' }),
  // A request may be sent more than once: a killed release is resumed.
  testRequests: z
    .array(testRequest)
    .max(10, 'has more than 10 requests - keep the most useful ones')
    .prefault([REFERENCE_JOB])
    .describe(
      'requests that a release sends to the new version through the test listener before the traffic shift, after the health check path; needs loadBalancer.testListener.allowedCidrs',
    ),
});
