import type { Report, Violation } from '@nightshift/policy';

const rule = {
  id: 'flow-logs',
  severity: 'error',
  what: 'each VPC has flow logs',
  why: 'Nobody could say what talked to what.',
  sources: ['R1.4'],
} as const;
const subject = { stack: 'network', address: 'aws_vpc.Vpc_1A', path: 'network/Vpc/Resource' };

/** A report of one violation. */
export function reportOf(severity: 'error' | 'warning', stack = 'network'): Report {
  const violation: Violation = {
    rule: { ...rule, severity },
    subject: { ...subject, stack },
    got: 'none',
    fix: 'add one',
  };
  return { violations: [violation], waived: [], judgements: [], passed: severity === 'warning' };
}

/** The line of it in what is printed. */
export const violationLine =
  'network/Vpc/Resource (network: aws_vpc.Vpc_1A): flow-logs: each VPC has flow logs, got none - add one';
