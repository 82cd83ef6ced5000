import { z } from 'zod';
import { alarm } from './alarm';
import { distinct } from './distinct';
import { whole } from './primitives';

const email = z.email('is not an e-mail address - write one such as team@example.com');

/** R12: alarms that tell people. */
export const alarms = z.strictObject({
  emails: distinct(email, { what: 'is the same address as', keyOf: (address) => address.toLowerCase() })
    .default([])
    .describe('who is told; each address has to confirm its subscription')
    .meta({ requirement: 'R12.4', examples: [['risk-platform@example.com']] }),
  unhealthyTaskCount: alarm({ unit: 'tasks', threshold: 0, evaluationPeriods: 5, datapointsToAlarm: 3 }).describe(
    'tasks that are missing or fail the health check of their container',
  ),
  cpuUtilization: alarm({ unit: 'percent', threshold: 85, evaluationPeriods: 5, datapointsToAlarm: 5 }).describe(
    'mean CPU of the tasks',
  ),
  memoryUtilization: alarm({ unit: 'percent', threshold: 85, evaluationPeriods: 5, datapointsToAlarm: 5 }).describe(
    'mean memory of the tasks',
  ),
  unhealthyHostCount: alarm({ unit: 'targets', threshold: 0, evaluationPeriods: 5, datapointsToAlarm: 3 }).describe(
    'tasks that fail the health check of the load balancer',
  ),
  targetResponseTime: alarm({ unit: 'seconds', threshold: 1, evaluationPeriods: 5, datapointsToAlarm: 5 }).describe(
    'response time at the 95th percentile',
  ),
  target5xxCount: alarm({
    unit: 'answers a period',
    threshold: 10,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
  }).describe('server errors that tasks answer with'),
  loadBalancer5xxCount: alarm({
    unit: 'answers a period',
    threshold: 0,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
  }).describe('server errors of the load balancer itself: no healthy task, a task that broke off, a timeout'),
  scalingAtMaximum: z
    .strictObject({ evaluationMinutes: whole(1, 1440).default(5).describe('how long at the maximum') })
    .prefault({})
    .describe('fires when auto-scaling has stayed at its maximum for so long'),
});
