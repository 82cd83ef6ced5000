import { z } from 'zod';
import { distinct } from './distinct';

const RULE_ID = /^[a-z]+(?:-[a-z0-9]+)*$/;
const MOST_CHARACTERS = 500;

const sentence = z
  .string()
  .trim()
  .min(1, 'is empty - add a text')
  .max(MOST_CHARACTERS, `is too long - use up to ${MOST_CHARACTERS} characters`);

/** Leave to break one rule with one resource, for a reason and for a while. There is no other way round a rule. */
const waiver = z.strictObject({
  rule: z
    .string()
    .regex(RULE_ID, 'is not the name of a rule - write it as nightshift policy prints it, such as tags-required')
    .describe('id of the rule, as nightshift policy prints it')
    .meta({ examples: ['tags-required'] }),
  resource: z
    .string()
    .trim()
    .min(1, 'is empty - write the path of the resource as nightshift policy prints it')
    .describe('the resource, as nightshift policy prints it: its construct path or its address')
    .meta({ examples: ['compute/LoadBalancer/Resource'] }),
  reason: sentence.describe('reason for the waiver').meta({ examples: ['Replaced in the next quarter'] }),
  expires: z.iso
    .date('is not a day - write it as year, month and day, such as 2026-01-31')
    .describe('last day on which the waiver is valid')
    .meta({ examples: ['2027-01-31'] }),
  owner: sentence
    .describe('person or team that is responsible for the waiver')
    .meta({ examples: ['risk-platform team'] }),
});

export const waivers = distinct(waiver, {
  what: 'is for the same rule and resource as',
  keyOf: ({ rule, resource }) => `${rule} ${resource}`,
});
