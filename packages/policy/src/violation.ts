import { describeProblem } from '@nightshift/errors';
import type { Subject } from './model/model';
import type { Fault, RuleDescription } from './rule';

/** The stack name for faults of waivers, which are in the environment file. */
export const WAIVERS = 'environment';

/** One subject that violates one rule. */
export interface Violation {
  readonly rule: RuleDescription;
  readonly subject: Subject;
  readonly got: string;
  readonly fix: string;
}

/** One unchecked value or resource. */
export interface NotChecked {
  /** @default - all rules: none applies to this type of resource */
  readonly rule: RuleDescription | undefined;
  readonly subject: Subject;
  /** A phrase: `policy is unknown until apply`. */
  readonly reason: string;
}

export function violationOf(
  rule: RuleDescription,
  checked: Subject,
  { subject = checked, got, fix }: Fault,
): Violation {
  return { rule, subject, got, fix };
}

/** The text of a subject in messages: `network/Vpc/Resource (network: aws_vpc.Vpc_8378EB38)`. */
export function subjectText({ stack, path, address }: Subject): string {
  return path === address ? path : `${path} (${stack}: ${address})`;
}

/** One line: resource, construct path, rule, requirement, value and fix. */
export function describeViolation({ rule, subject, got, fix }: Violation): string {
  return describeProblem({ where: subjectText(subject), what: `${rule.id}: ${rule.what}`, got, todo: fix });
}

/** One line: the rule, the resource and the reason. */
export function describeNotChecked({ rule, subject, reason }: NotChecked): string {
  return `not checked${rule ? ` ${rule.id}` : ''}: ${subjectText(subject)}: ${reason}`;
}
