export { checkPolicies, type Judgement, type Report } from './check-policies';
export { Model } from './model/model';
export { modelOf, type PolicyInput } from './model/model-of';
export type { Resource, Stack, Subject } from './model/subject';
export type { Attributes, Value } from './model/value';
export type { Rule, RuleDescription, Severity } from './rule';
export { rules } from './rules';
export { describeViolation, type Violation } from './violation';
export type { Waiver } from './waivers/waiver';
