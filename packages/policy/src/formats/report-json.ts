import type { Report } from '../check-policies';
import type { Violation } from '../violation';

/** The report for programs. */
export function reportJson({ violations, waived, ruleResults, notChecked, passed }: Report): object {
  return {
    passed,
    violations: violations.map(flat),
    waived: waived.map((one) => ({ ...flat(one), waiver: one.waiver })),
    notChecked: notChecked.map(({ rule, subject: { stack, path, address }, reason }) => ({
      rule: rule?.id ?? null,
      stack,
      path,
      address,
      reason,
    })),
    rules: ruleResults.map(({ rule: { id, severity, what, why, sources }, subjects }) => ({
      id,
      severity,
      what,
      why,
      sources,
      judged: subjects,
    })),
  };
}

function flat({ rule, subject: { stack, path, address }, got, fix }: Violation): object {
  const { id, severity, what, why } = rule;
  return { rule: id, severity, stack, path, address, what, why, got, fix };
}
