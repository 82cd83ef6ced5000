import { z } from 'zod';
import { alarm } from './alarm';

/** R10.4: alarms that stop a release, quick and over both target groups. */
export const gates = z.strictObject({
  unhealthyHostCount: alarm({ unit: 'targets', threshold: 0, evaluationPeriods: 3, datapointsToAlarm: 3 }).describe(
    'tasks that fail the health check of the load balancer',
  ),
  targetResponseTime: alarm({ unit: 'seconds', threshold: 2, evaluationPeriods: 3, datapointsToAlarm: 2 }).describe(
    'response time at the 95th percentile',
  ),
  target5xxCount: alarm({
    unit: 'answers a period',
    threshold: 10,
    evaluationPeriods: 2,
    datapointsToAlarm: 1,
  }).describe('server errors that tasks answer with'),
});
