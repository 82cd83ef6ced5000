import type { RuleDescription } from '../rule';

/** What waivers themselves have to obey. They cannot be waived. */
export const waiverExpired: RuleDescription = {
  id: 'waiver-expired',
  severity: 'error',
  what: 'a waiver ends on the day it names',
  why: 'What was accepted for a while would be accepted for ever.',
  sources: ['environments/schema.json: waivers'],
};

export const waiverUnused: RuleDescription = {
  id: 'waiver-unused',
  severity: 'error',
  what: 'a waiver is for something that breaks the rule it names',
  why: 'It would hide the fault when it comes back, and nobody would look.',
  sources: ['environments/schema.json: waivers'],
};

export const waiverLong: RuleDescription = {
  id: 'waiver-long',
  severity: 'error',
  what: 'a waiver is for a year at most',
  why: 'Who would look at it again is no longer there by then: it is a change of the rule, and should be one.',
  sources: ['environments/schema.json: waivers'],
};

export const waiverRules: readonly RuleDescription[] = [waiverExpired, waiverLong, waiverUnused];
