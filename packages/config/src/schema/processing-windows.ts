import { DAYS } from '@nightshift/windows/wall-clock';
import { z } from 'zod';
import { distinct } from './distinct';
import { whole } from './primitives';

const notATime = 'is not a time of day - write hours and minutes, such as 22:00';

/** Node.js reads these too, and not as people mean them: BST is Dhaka. Only those that follow are IANA names. */
const ABBREVIATION = /^(?!CET|EET|EST|GMT|HST|MET|MST|PRC|ROC|ROK|UCT|UTC|WET)[A-Z]{3}$/i;

/** AWS takes IANA names only: https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html */
function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name) && !ABBREVIATION.test(name);
  } catch {
    return false;
  }
}

/**
 * IANA names of offsets that hold all year, and the zones that people mean by them: in these, clocks change. `Etc/GMT+5` says the same as
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
    const message = `has no summer time - write ${zone.meant}, or ${zone.allYear} for the same offset all year`;
    issues.push({ code: 'custom', message, input: name });
  });

/** R14.3 */
const capacity = z.strictObject({
  minimum: whole(1, 1000)
    .describe('fewest tasks, from leadMinutes before the window opens until it closes')
    .meta({ unit: 'tasks', examples: [6] }),
  maximum: whole(1, 1000)
    .optional()
    .describe('most tasks meanwhile; scaling.maximum by default')
    .meta({ unit: 'tasks', examples: [10] }),
  leadMinutes: whole(0, 240).default(15).describe('how long before the window opens the tasks are there'),
});

/** R14.1: a time in which calculations run and nothing may disturb them. */
const processingWindow = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[a-z](?:[a-z0-9-]{0,22}[a-z0-9])?$/,
        'is not a name - use up to 24 lower-case letters, digits and -, a letter first',
      )
      .describe('what people call it; part of names of resources')
      .meta({ examples: ['overnight-risk'] }),
    days: distinct(z.enum(DAYS), { what: 'is the same day as' })
      .min(1, 'is empty - name at least one day')
      .default([...DAYS])
      .describe('the days on which it opens; every day by default'),
    from: z
      .string(notATime)
      .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, notATime)
      .describe('when it opens, as the clock on the wall shows it')
      .meta({ examples: ['22:00'] }),
    to: z
      .string(notATime)
      .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, notATime)
      .describe('when it closes; on the next day if that is not after from')
      .meta({ examples: ['06:00'] }),
    timeZone: timeZone.describe('whose clock is meant, such as Europe/London').meta({ examples: ['Europe/London'] }),
    capacity: capacity
      .optional()
      .describe('more tasks for the window, so that it does not start cold')
      .meta({ requirement: 'R14.3' }),
  })
  .refine(({ from, to }) => from !== to, {
    path: ['to'],
    error: 'is the same as from - write another; a whole day is from 00:00 to 24:00',
  });

export const processingWindows = distinct(processingWindow, {
  what: 'has the same name as',
  keyOf: ({ name }) => name,
});

export type ProcessingWindowSettings = z.output<typeof processingWindow>;
