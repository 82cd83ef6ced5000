import { z } from 'zod';
import { alarm, optionalAlarm, shareAlarm } from './alarm';

/** R10.4: alarms that stop a release, quick and over both target groups. */
export const gates = z.strictObject({
  failedRequests: shareAlarm({
    unit: 'percent',
    threshold: 5,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    minimumRequests: 5,
  }).describe('share of requests that fail with a server error (5xx), of tasks or of the load balancer'),
  unhealthyHostCount: alarm({ unit: 'targets', threshold: 0, evaluationPeriods: 3, datapointsToAlarm: 3 }).describe(
    'tasks that fail the health check of the load balancer',
  ),
  // No default, because the duration depends on the calculation.
  targetResponseTime: optionalAlarm({ unit: 'seconds', threshold: 2, evaluationPeriods: 3, datapointsToAlarm: 2 })
    .optional()
    .describe('response time at the 95th percentile; no such gate by default'),
});
