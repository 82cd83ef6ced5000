import { z } from 'zod';
import type { Report } from '../check-policies';
import type { Violation } from '../violation';

const severity = z.enum(['error', 'warning']).describe('`error` refuses a deployment.');

const what = z.string().describe('What the rule demands.');

const why = z.string().describe('What goes wrong otherwise.');

const place = {
  stack: z.string(),
  path: z.string().describe('Construct path, such as `network/Vpc/Resource`.'),
  address: z.string().describe('Address of Terraform, such as `aws_vpc.Vpc_1A2B`.'),
};

const violation = z.object({
  rule: z.string().describe('Id of the rule.'),
  severity,
  ...place,
  what,
  why,
  got: z.string().describe('What there is instead.'),
  fix: z.string(),
});

const waiver = z
  .object({
    rule: z.string(),
    resource: z.string().describe('Construct path or Terraform address.'),
    reason: z.string(),
    expires: z.string().describe('The last day, such as `2026-01-31`.'),
    owner: z.string(),
  })
  .describe('The waiver of the environment file.');

export const policyRule = z.object({
  id: z.string(),
  severity,
  what,
  why,
  sources: z.array(z.string()).describe("Requirements, AWS's pages, checks of scanners."),
});

/** The report for programs. */
export const policyReport = z.object({
  passed: z.boolean().describe('Whether there is no violation of severity `error`.'),
  violations: z.array(violation),
  waived: z.array(violation.extend({ waiver })),
  notChecked: z
    .array(z.object({ rule: z.string().nullable().describe('Null: no rule.'), ...place, reason: z.string() }))
    .describe('What could not be checked.'),
  rules: z.array(policyRule.extend({ judged: z.number().describe('Number of resources that the rule has checked.') })),
});

export function reportJson({ violations, waived, ruleResults, notChecked, passed }: Report) {
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
    rules: ruleResults.map(({ rule: { id, severity: level, what: demand, why: reason, sources }, subjects }) => ({
      id,
      severity: level,
      what: demand,
      why: reason,
      sources,
      judged: subjects,
    })),
  };
}

function flat({ rule, subject: { stack, path, address }, got, fix }: Violation) {
  return { rule: rule.id, severity: rule.severity, stack, path, address, what: rule.what, why: rule.why, got, fix };
}
