import { z } from 'zod';
import { alarm } from './alarm';
import { distinct } from './distinct';
import { whole } from './primitives';

const email = z.email('is not an e-mail address - write one such as team@example.com');

/** R12: alarms that notify people. */
export const alarms = z.strictObject({
  emails: distinct(email, { what: 'is the same address as', keyOf: (address) => address.toLowerCase() })
    .default([])
    .describe('e-mail addresses that receive notifications; each address must confirm its subscription')
    .meta({ requirement: 'R12.4', examples: [['risk-platform@example.com']] }),
  unhealthyTaskCount: alarm({ unit: 'tasks', threshold: 0, evaluationPeriods: 5, datapointsToAlarm: 3 }).describe(
    'tasks that are missing or fail the health check of their container',
  ),
  cpuUtilization: alarm({ unit: 'percent', threshold: 85, evaluationPeriods: 5, datapointsToAlarm: 5 }).describe(
    'average CPU utilization of the tasks',
  ),
  memoryUtilization: alarm({ unit: 'percent', threshold: 85, evaluationPeriods: 5, datapointsToAlarm: 5 }).describe(
    'average memory utilization of the tasks',
  ),
  unhealthyHostCount: alarm({ unit: 'targets', threshold: 0, evaluationPeriods: 5, datapointsToAlarm: 3 }).describe(
    'tasks that fail the health check of the load balancer',
  ),
  targetResponseTime: alarm({ unit: 'seconds', threshold: 1, evaluationPeriods: 5, datapointsToAlarm: 5 }).describe(
    'response time at the 95th percentile',
  ),
  target5xxCount: alarm({
    unit: 'responses per period',
    threshold: 10,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
  }).describe('server errors (5xx) of the tasks'),
  loadBalancer5xxCount: alarm({
    unit: 'responses per period',
    threshold: 0,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
  }).describe(
    'server errors (5xx) of the load balancer itself, for example because no task is healthy, a task closes the connection, or a request times out',
  ),
  scalingAtMaximum: z
    .strictObject({
      evaluationMinutes: whole(1, 1440).default(5).describe('minutes at the maximum before the alarm fires'),
    })
    .prefault({})
    .describe('fires when auto-scaling stays at its maximum'),
});
