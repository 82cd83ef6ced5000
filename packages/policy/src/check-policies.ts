import type { Model } from './model/model';
import type { Rule } from './rule';
import { rules as allRules } from './rules';
import { type Violation, violationOf } from './violation';
import { applyWaivers, type WaivedViolation, type Waiver } from './waivers';

/** How many subjects a rule has judged: none, where it is not applicable. */
export interface Judgement {
  readonly rule: Rule;
  readonly subjects: number;
}

export interface Report {
  /** What breaks a rule, and waivers that are wrong. Errors and warnings. */
  readonly violations: readonly Violation[];
  readonly waived: readonly WaivedViolation[];
  readonly judgements: readonly Judgement[];
  /** Nothing of severity `error` is left. */
  readonly passed: boolean;
}

/**
 * Judges a model by all rules.
 * @param today such as `2026-01-31`, for the waivers
 * @param rules @default - every rule there is
 */
export function checkPolicies(
  model: Model,
  waivers: readonly Waiver[],
  today: string,
  rules: readonly Rule[] = allRules,
): Report {
  const judged = rules.map((rule) => ({ rule, subjects: rule.appliesTo(model) }));
  const found = judged.flatMap(({ rule, subjects }) =>
    subjects.flatMap((subject) => rule.check(subject, model).map((finding) => violationOf(rule, subject, finding))),
  );
  const { violations, waived } = applyWaivers(found, waivers, today);
  return {
    violations,
    waived,
    judgements: judged.map(({ rule, subjects }) => ({ rule, subjects: subjects.length })),
    passed: violations.every(({ rule }) => rule.severity !== 'error'),
  };
}
