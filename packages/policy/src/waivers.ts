import type { Subject } from './model/model';
import type { RuleDescription } from './rule';
import { type Violation, WAIVERS } from './violation';

/** A temporary exception from one rule for one resource, in the environment file. */
export interface Waiver {
  readonly rule: string;
  /** Construct path or Terraform address. */
  readonly resource: string;
  readonly reason: string;
  /** The last day, `2026-01-31`. */
  readonly expires: string;
  readonly owner: string;
}

/** Rules for waivers themselves. They cannot be waived. */
const waiverExpired: RuleDescription = {
  id: 'waiver-expired',
  severity: 'error',
  what: 'a waiver is valid until its end date',
  why: 'Otherwise a temporary exception becomes permanent.',
  sources: ['environments/schema.json: waivers'],
};

const waiverUnused: RuleDescription = {
  id: 'waiver-unused',
  severity: 'error',
  what: 'a waiver has a violation of its rule',
  why: 'An unused waiver hides the next violation of its rule.',
  sources: ['environments/schema.json: waivers'],
};

const waiverLong: RuleDescription = {
  id: 'waiver-long',
  severity: 'error',
  what: 'a waiver is valid for at most a year',
  why: 'For a longer exception, change the rule.',
  sources: ['environments/schema.json: waivers'],
};

export const waiverRules: readonly RuleDescription[] = [waiverExpired, waiverLong, waiverUnused];

export interface WaivedViolation extends Violation {
  readonly waiver: Waiver;
}

export interface Waived {
  readonly violations: readonly Violation[];
  readonly waived: readonly WaivedViolation[];
}

/**
 * Removes waived violations, and adds the problems of the waivers.
 * @param today such as `2026-01-31`; a waiver is valid until the end of its date
 */
export function applyWaivers(violations: readonly Violation[], waivers: readonly Waiver[], today: string): Waived {
  const remaining: Violation[] = [];
  const waived: WaivedViolation[] = [];
  for (const violation of violations) {
    const waiver = waivers.find((one) => covers(one, violation) && today <= one.expires);
    if (waiver) waived.push({ ...violation, waiver });
    else remaining.push(violation);
  }
  const wrong = waivers.flatMap((waiver, index) => {
    if (!violations.some((violation) => covers(waiver, violation))) {
      return [unused(waiver, index)];
    }
    if (today > waiver.expires) return [expired(waiver, index)];
    const last = lastDay(today);
    return waiver.expires <= last ? [] : [long(waiver, index, last)];
  });
  return { violations: [...remaining, ...wrong], waived };
}

function covers({ rule, resource }: Waiver, violation: Violation): boolean {
  const { path, address } = violation.subject;
  return rule === violation.rule.id && (resource === path || resource === address);
}

function unused({ rule, resource }: Waiver, index: number): Violation {
  return {
    rule: waiverUnused,
    subject: waiverAt(index),
    got: `${rule} for ${resource}, which does not violate it`,
    fix: 'remove the waiver, or correct its rule and resource',
  };
}

function expired({ rule, resource, expires, owner }: Waiver, index: number): Violation {
  return {
    rule: waiverExpired,
    subject: waiverAt(index),
    got: `${rule} for ${resource}, which ended on ${expires}`,
    fix: `fix the resource, or ask ${owner} for a new date`,
  };
}

function long({ rule, resource, expires }: Waiver, index: number, last: string): Violation {
  return {
    rule: waiverLong,
    subject: waiverAt(index),
    got: `${rule} for ${resource}, which ends on ${expires}`,
    fix: `set expires to ${last} or earlier, or change the rule`,
  };
}

/** The day a year later. */
function lastDay(today: string): string {
  const [year, ...others] = today.split('-');
  return [Number(year) + 1, ...others].join('-');
}

function waiverAt(index: number): Subject {
  const address = `waivers[${index}]`;
  return { stack: WAIVERS, address, path: address };
}
