import { describeProblem } from '@nightshift/errors';
import type { Subject } from './model/model';
import type { Finding, RuleDescription } from './rule';

/** The stack of what is wrong with a waiver: it is in the environment file, and in no stack. */
export const WAIVERS = 'environment';

/** One subject that breaks one rule. */
export interface Violation {
  readonly rule: RuleDescription;
  readonly subject: Subject;
  readonly got: string;
  readonly fix: string;
}

export function violationOf(
  rule: RuleDescription,
  judged: Subject,
  { subject = judged, got, fix }: Finding,
): Violation {
  return { rule, subject, got, fix };
}

/** How a message calls a subject: `network/Vpc/Resource (network: aws_vpc.Vpc_8378EB38)`. */
export function subjectText({ stack, path, address }: Subject): string {
  return path === address ? path : `${path} (${stack}: ${address})`;
}

/** One line: resource, construct path, what, got, how to fix, and the rule's name to look it up. */
export function describeViolation({ rule, subject, got, fix }: Violation): string {
  return describeProblem({ where: subjectText(subject), what: `${rule.id}: ${rule.what}`, got, todo: fix });
}
