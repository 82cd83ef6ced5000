import type { Model, Subject } from './model/model';
import type { Finding, Rule } from './rule';
import { rules as allRules } from './rules';
import { describeNotChecked, type NotChecked, type Violation, violationOf } from './violation';
import { applyWaivers, type WaivedViolation, type Waiver } from './waivers';

/** The number of subjects that a rule has checked; 0 if it does not apply or all values are unknown. */
export interface RuleResult {
  readonly rule: Rule;
  readonly subjects: number;
}

export interface Report {
  /** Violations of rules and invalid waivers. Errors and warnings. */
  readonly violations: readonly Violation[];
  readonly waived: readonly WaivedViolation[];
  readonly ruleResults: readonly RuleResult[];
  /** The unchecked resources and values, and the reasons. */
  readonly notChecked: readonly NotChecked[];
  /** Whether there is no violation of severity `error`. */
  readonly passed: boolean;
}

interface Checked {
  readonly rule: Rule;
  readonly subject: Subject;
  readonly findings: readonly Finding[];
}

/**
 * Checks a model against all rules.
 * @param today such as `2026-01-31`, for the waivers
 * @param rules @default - all rules
 */
export function checkPolicies(
  model: Model,
  waivers: readonly Waiver[],
  today: string,
  rules: readonly Rule[] = allRules,
): Report {
  const byRule = rules.map((rule) => ({
    rule,
    checked: rule.appliesTo(model).map((subject) => ({ rule, subject, findings: rule.check(subject, model) })),
  }));
  const checked = byRule.flatMap((one) => one.checked);
  const withFindings = checked.filter(({ findings }) => findings.length > 0);
  const found = withFindings.flatMap(({ rule, subject, findings }) =>
    findings.flatMap((finding) => ('got' in finding ? violationOf(rule, subject, finding) : [])),
  );
  const { violations, waived } = applyWaivers(found, waivers, today);
  return {
    violations,
    waived,
    ruleResults: byRule.map((one) => ({ rule: one.rule, subjects: one.checked.filter(isChecked).length })),
    notChecked: [...distinct(withFindings.flatMap(unknownIn)), ...notModelled(checked, model)],
    passed: violations.every(({ rule }) => rule.severity !== 'error'),
  };
}

/** Whether a subject was checked: it has a fault, or nothing is unknown. */
function isChecked({ findings }: Checked): boolean {
  return findings.length === 0 || findings.some((finding) => 'got' in finding);
}

function unknownIn({ rule, subject, findings }: Checked): NotChecked[] {
  return findings.flatMap((finding) =>
    'unknown' in finding ? [{ rule, subject: finding.subject ?? subject, reason: finding.unknown }] : [],
  );
}

/** Removes duplicate unknown findings of several subjects. */
function distinct(all: readonly NotChecked[]): readonly NotChecked[] {
  const byText = new Map(all.map((one) => [describeNotChecked(one), one]));
  return [...byText.values()];
}

/** Resources that are settings of one other resource. Checkov checks them. */
const SETTINGS: ReadonlySet<string> = new Set([
  'aws_ecr_lifecycle_policy',
  'aws_ecs_cluster_capacity_providers',
  'aws_s3_bucket_lifecycle_configuration',
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
]);

/** Resources of types that no rule reads. */
function notModelled(checked: readonly Checked[], model: Model): NotChecked[] {
  const unasked = model.managed.filter(({ type }) => !SETTINGS.has(type) && !model.isAskedFor(type));
  const subjects = new Set(checked.filter(({ rule }) => !rule.everyType).map(({ subject }) => keyOf(subject)));
  return unasked
    .filter((resource) => !subjects.has(keyOf(resource)))
    .map((subject) => ({ rule: undefined, subject, reason: 'resource type not modelled' }));
}

function keyOf({ stack, address }: Subject): string {
  return `${stack} ${address}`;
}
