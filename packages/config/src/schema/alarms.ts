import { z } from 'zod';
import { periodSeconds, whole } from './primitives';

interface AlarmDefaults {
  readonly threshold: number;
  readonly periodSeconds?: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
}

/** One alarm's threshold and timing (R12.5). Cross-field rule: datapoints ≤ evaluation periods. */
const alarm = (unit: string, defaults: AlarmDefaults) =>
  z
    .strictObject({
      threshold: z.number().min(0).default(defaults.threshold).describe(unit),
      periodSeconds: periodSeconds.default(defaults.periodSeconds ?? 60),
      evaluationPeriods: whole(1, 1440).default(defaults.evaluationPeriods),
      datapointsToAlarm: whole(1, 1440).default(defaults.datapointsToAlarm),
    })
    .refine(({ datapointsToAlarm, evaluationPeriods }) => datapointsToAlarm <= evaluationPeriods, {
      path: ['datapointsToAlarm'],
      message: 'is above evaluationPeriods - lower it or raise evaluationPeriods',
    })
    .prefault({});

/** R12: alarms that tell people. */
export const alarms = z.strictObject({
  emails: z.array(z.email()).default([]).describe('who is told; each address has to confirm its subscription'),
  unhealthyTaskCount: alarm('tasks missing or failing their health check; fires above', {
    threshold: 0,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
  }),
  cpuUtilization: alarm('percent; fires above', { threshold: 85, evaluationPeriods: 5, datapointsToAlarm: 5 }),
  memoryUtilization: alarm('percent; fires above', { threshold: 85, evaluationPeriods: 5, datapointsToAlarm: 5 }),
  unhealthyHostCount: alarm('targets; fires above', { threshold: 0, evaluationPeriods: 5, datapointsToAlarm: 3 }),
  targetResponseTime: alarm('seconds at the 95th percentile; fires above', {
    threshold: 1,
    evaluationPeriods: 5,
    datapointsToAlarm: 5,
  }),
  target5xxCount: alarm('answers a period; fires above', { threshold: 10, evaluationPeriods: 5, datapointsToAlarm: 3 }),
  scalingAtMaximum: z
    .strictObject({ evaluationMinutes: whole(1, 1440).default(5) })
    .prefault({})
    .describe('fires when auto-scaling has stayed at its maximum for so long'),
});

/** R10.4: alarms that stop a release, quick and over both target groups. */
export const gates = z.strictObject({
  unhealthyHostCount: alarm('targets; fires above', { threshold: 0, evaluationPeriods: 3, datapointsToAlarm: 3 }),
  targetResponseTime: alarm('seconds at the 95th percentile; fires above', {
    threshold: 2,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
  }),
  target5xxCount: alarm('answers a period; fires above', { threshold: 10, evaluationPeriods: 2, datapointsToAlarm: 1 }),
});
