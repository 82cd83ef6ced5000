import type { Report, Violation } from '@nightshift/policy';

const rule = {
  id: 'tags-required',
  severity: 'error',
  what: 'every resource has tags',
  why: 'Nobody could say who pays for it.',
  sources: ['R0.9'],
} as const;

const subject = { stack: 'network', address: 'aws_vpc.Vpc_1A', path: 'network/Vpc/Resource' };

/** A report of one violation. */
export function reportOf(severity: 'error' | 'warning', stack = 'network'): Report {
  const violation: Violation = {
    rule: { ...rule, severity },
    subject: { ...subject, stack },
    got: 'none',
    fix: 'add them',
  };
  return { violations: [violation], waived: [], ruleResults: [], notChecked: [], passed: severity === 'warning' };
}

/** Its line in the output. */
export const violationLine =
  'network/Vpc/Resource (network: aws_vpc.Vpc_1A): tags-required: every resource has tags, got none - add them';
