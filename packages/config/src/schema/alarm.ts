import { z } from 'zod';
import { periodSeconds, whole } from './primitives';

/** The unit and the default values of an alarm. */
export interface AlarmDefaults {
  /** The unit of the threshold. */
  readonly unit: 'percent' | 'seconds' | 'tasks' | 'targets' | 'responses per period';
  readonly threshold: number;
  /** Number of evaluated minutes, and how many of them must be above the threshold. */
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html: periods below an hour may look back a day in all. */
const LONGEST_LOOK_BACK_SECONDS = 86_400;

/** One alarm's threshold and timing (R12.5). It fires when the metric is above the threshold. */
export function alarm(defaults: AlarmDefaults) {
  return optionalAlarm(defaults).prefault({});
}

/** An alarm on a share of requests, with a minimum number of requests. */
export function shareAlarm(defaults: AlarmDefaults & { readonly minimumRequests: number }) {
  const minimumRequests = whole(1, 1_000_000)
    .default(defaults.minimumRequests)
    .describe('minimum number of requests in a period; periods with fewer requests do not count')
    .meta({ unit: 'requests' });
  return optionalAlarm(defaults).safeExtend({ minimumRequests }).prefault({});
}

/** An alarm that exists only if the environment file has it. */
export function optionalAlarm({ unit, threshold, evaluationPeriods, datapointsToAlarm }: AlarmDefaults) {
  return z
    .strictObject({
      threshold: limit(unit)
        .default(threshold)
        .describe(`threshold in ${unit}; the alarm fires above it`)
        .meta({ unit }),
      periodSeconds: periodSeconds().default(60).describe('length of a period'),
      evaluationPeriods: whole(1, 1440)
        .default(evaluationPeriods)
        .describe('number of most recent periods to evaluate')
        .meta({ unit: 'periods' }),
      datapointsToAlarm: whole(1, 1440)
        .default(datapointsToAlarm)
        .describe('number of these periods that must be above the threshold')
        .meta({ unit: 'periods' }),
    })
    .superRefine((alarm, context) => {
      const { periodSeconds, evaluationPeriods, datapointsToAlarm } = alarm;
      const problem = (key: keyof typeof alarm, message: string) =>
        context.issues.push({ code: 'custom', path: [key], message, input: alarm[key] });
      if (datapointsToAlarm > evaluationPeriods) {
        problem(
          'datapointsToAlarm',
          `is above evaluationPeriods (${evaluationPeriods}) - lower it or raise evaluationPeriods`,
        );
      }
      if (periodSeconds * evaluationPeriods > LONGEST_LOOK_BACK_SECONDS) {
        const most = Math.floor(LONGEST_LOOK_BACK_SECONDS / periodSeconds);
        problem(
          'evaluationPeriods',
          `looks back more than a day with periodSeconds ${periodSeconds} - use at most ${most}`,
        );
      }
    });
}

function limit(unit: AlarmDefaults['unit']) {
  if (unit !== 'percent') {
    const message = 'is not a number of 0 or more - use one';
    return z.number(message).min(0, message);
  }
  // An alarm with a threshold of 100 % would never fire.
  const message = 'is not a number from 0 to below 100 - use one in this range';
  return z.number(message).min(0, message).lt(100, message);
}
