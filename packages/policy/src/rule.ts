import type { Model, Subject } from './model/model';
import { at, type Attributes, isUnknown, shown, type Value, valueOnWay } from './model/value';

export type Severity = 'error' | 'warning';

/** One fault. Both texts are phrases without a final period. */
export interface Fault {
  /** The actual value. */
  readonly got: string;
  /** The fix. */
  readonly fix: string;
  /** @default - the checked subject */
  readonly subject?: Subject;
}

/** A value that the rule cannot check, because it is not in the model. */
export interface Unknown {
  /** A phrase: `policy is unknown until apply`. */
  readonly unknown: string;
  /** @default - the checked subject */
  readonly subject?: Subject;
}

export type Finding = Fault | Unknown;

/** The description of a rule. */
export interface RuleDescription {
  /** Kebab-case, the name of its file. */
  readonly id: string;
  /** `error` blocks plan and deploy; `warning` is only reported. */
  readonly severity: Severity;
  /** The requirement, as a phrase: `the VPC has encrypted flow logs`. */
  readonly what: string;
  /** The reason: the consequence of a violation, as a sentence. */
  readonly why: string;
  /** Requirements, AWS's pages, checks of scanners. */
  readonly sources: readonly [string, ...string[]];
}

/** One condition for every environment. A pure function of the model. */
export interface Rule<Checked extends Subject = Subject> extends RuleDescription {
  /** Whether the rule applies to resources of every type. @default false */
  readonly everyType?: boolean;
  /** The subjects of the rule. Without any, the rule does not apply. */
  appliesTo(model: Model): readonly Checked[];
  /** The faults and unknown values of one subject; empty if it complies. */
  check(subject: Checked, model: Model): readonly Finding[];
}

/** Infers the subjects of a rule. */
export function rule<Checked extends Subject>(definition: Rule<Checked>): Rule<Checked> {
  return definition;
}

/** The finding for an attribute that is unknown until apply. */
export function unknownUntilApply(attribute: string): Unknown[] {
  return [{ unknown: `${attribute} is unknown until apply` }];
}

/** The finding for attributes that refer to another configuration. */
export function outsideOfPlan(...attributes: readonly [string, ...string[]]): Unknown[] {
  const verb = attributes.length === 1 ? 'refers' : 'refer';
  return [{ unknown: `${attributes.join(', ')} ${verb} to something outside of the plan` }];
}

/**
 * A finding, unless the attribute at a path has a value.
 * @param absent the default of AWS. @default - none
 */
export function attributeIs(attributes: Attributes, path: string, wanted: Value, absent?: Value): Finding[] {
  const value = at(attributes, path);
  if (isUnknown(valueOnWay(attributes, path))) return unknownUntilApply(path);
  return (value ?? absent) === wanted ? [] : [{ got: `${path} ${shown(value)}`, fix: `set it to ${shown(wanted)}` }];
}
