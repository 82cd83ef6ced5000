import { describeProblem } from '@nightshift/errors';
import type { Subject } from './model/subject';
import type { Finding, RuleDescription } from './rule';

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

/** One line: resource, construct path, what, got, how to fix, and the rule's name to look it up. */
export function describeViolation({ rule, subject, got, fix }: Violation): string {
  const { stack, path, address } = subject;
  const where = path === address ? path : `${path} (${stack}: ${address})`;
  return describeProblem({ where, what: `${rule.id}: ${rule.what}`, got, todo: fix });
}
