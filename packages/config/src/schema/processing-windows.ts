import { DAYS } from '@nightshift/windows/wall-clock';
import { z } from 'zod';
import { distinct } from './distinct';
import { whole } from './primitives';

const notATime = 'is not a time of day - write hours and minutes, such as 22:00';

/** Node.js accepts other abbreviations with unexpected meanings: BST is Dhaka. Only these are IANA names. */
const ABBREVIATION = /^(?!CET|EET|EST|GMT|HST|MET|MST|PRC|ROC|ROK|UCT|UTC|WET)[A-Z]{3}$/i;

/**
 * AWS supports only IANA names: https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html
 */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name) && !ABBREVIATION.test(name);
  } catch {
    return false;
  }
}

/**
 * IANA names without daylight saving time, and the zones with it that users usually mean. `Etc/GMT+5` says the same as
 * `EST` in so many words. https://data.iana.org/time-zones/tzdb/backward
 */
const WITHOUT_SUMMER_TIME = new Map([
  ['EST', { meant: 'America/New_York', allYear: 'Etc/GMT+5' }],
  ['MST', { meant: 'America/Denver', allYear: 'America/Phoenix' }],
]);

const timeZone = z
  .string()
  .refine(isTimeZone, 'is not a time zone - write its IANA name, such as Europe/London')
  .superRefine((name, { issues }) => {
    const zone = WITHOUT_SUMMER_TIME.get(name.toUpperCase());
    if (!zone) return;
    const message = `has no daylight saving time - use ${zone.meant}, or ${zone.allYear} for a fixed offset`;
    issues.push({ code: 'custom', message, input: name });
  });

/** R14.3 */
const capacity = z.strictObject({
  minimum: whole(1, 1000)
    .describe('minimum number of tasks, from leadMinutes before the window opens until it closes')
    .meta({ unit: 'tasks', examples: [6] }),
  maximum: whole(1, 1000)
    .optional()
    .describe('maximum number of tasks during this time; scaling.maximum by default')
    .meta({ unit: 'tasks', examples: [10] }),
  leadMinutes: whole(0, 240).default(15).describe('time before the window opens at which the tasks are started'),
});

/** R14.1: a time of calculations, which must not be disturbed. */
const processingWindow = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[a-z](?:[a-z0-9-]{0,22}[a-z0-9])?$/,
        'is not a valid name - use up to 24 lower-case letters, digits and -, starting with a letter',
      )
      .describe('name of the window; part of resource names')
      .meta({ examples: ['overnight-risk'] }),
    days: distinct(z.enum(DAYS), { what: 'is the same day as' })
      .min(1, 'is empty - add at least one day')
      .default([...DAYS])
      .describe('days on which the window opens; every day by default'),
    from: z
      .string(notATime)
      .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, notATime)
      .describe('local time at which the window opens')
      .meta({ examples: ['22:00'] }),
    to: z
      .string(notATime)
      .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, notATime)
      .describe('local time at which the window closes; on the next day if it is not after from')
      .meta({ examples: ['06:00'] }),
    timeZone: timeZone
      .describe('IANA time zone of from and to, such as Europe/London')
      .meta({ examples: ['Europe/London'] }),
    capacity: capacity
      .optional()
      .describe('number of tasks during the window, so that they run before it opens')
      .meta({ requirement: 'R14.3' }),
  })
  .refine(({ from, to }) => from !== to, {
    path: ['to'],
    error: 'is the same as from - use another time; a whole day is from 00:00 to 24:00',
  });

export const processingWindows = distinct(processingWindow, {
  what: 'has the same name as',
  keyOf: ({ name }) => name,
});

export type ProcessingWindowSettings = z.output<typeof processingWindow>;
