import type { Model, Subject } from './model/model';
import { at, type Attributes, isUnknown, shown, type Value, valueOnWay } from './model/value';

export type Severity = 'error' | 'warning';

/** One fault. Both texts are phrases without a full stop. */
export interface Fault {
  /** What there is instead of what the rule demands. */
  readonly got: string;
  /** What to do about it. */
  readonly fix: string;
  /** @default - the checked subject */
  readonly subject?: Subject;
}

/** Something that the rule cannot check, because the model does not hold what decides. */
export interface Unknown {
  /** A phrase: `policy is unknown until apply`. */
  readonly unknown: string;
  /** @default - the checked subject */
  readonly subject?: Subject;
}

export type Finding = Fault | Unknown;

/** What a reader needs to know of a rule. */
export interface RuleDescription {
  /** Kebab-case, the name of its file. */
  readonly id: string;
  /** `error` refuses, `warning` tells. */
  readonly severity: Severity;
  /** What has to be so, as a phrase: `the VPC has flow logs, encrypted`. */
  readonly what: string;
  /** What goes wrong otherwise. A sentence. */
  readonly why: string;
  /** Requirements, AWS's pages, checks of scanners. */
  readonly sources: readonly [string, ...string[]];
}

/** One condition for every environment. Pure: the same model gives the same findings. */
export interface Rule<Checked extends Subject = Subject> extends RuleDescription {
  /** The rule is about every resource, whatever its type: it says nothing about what the type does. @default false */
  readonly everyType?: boolean;
  /** All that the rule is about; with none it is not applicable. */
  appliesTo(model: Model): readonly Checked[];
  /** What is wrong with one of them, or unknown; nothing, where it complies. */
  check(subject: Checked, model: Model): readonly Finding[];
}

/** Infers the subjects of a rule. */
export function rule<Checked extends Subject>(definition: Rule<Checked>): Rule<Checked> {
  return definition;
}

/** The finding that an attribute of a resource will only be known when Terraform applies. */
export function unknownUntilApply(attribute: string): Unknown[] {
  return [{ unknown: `${attribute} is unknown until apply` }];
}

/** The finding that attributes refer to something in another configuration. */
export function outsideOfPlan(...attributes: readonly [string, ...string[]]): Unknown[] {
  const verb = attributes.length === 1 ? 'refers' : 'refer';
  return [{ unknown: `${attributes.join(', ')} ${verb} to something outside of the plan` }];
}

/**
 * A finding, unless the attribute at a path has a value.
 * @param absent what AWS takes where nothing is written. @default - nothing that would do
 */
export function attributeIs(attributes: Attributes, path: string, wanted: Value, absent?: Value): Finding[] {
  const value = at(attributes, path);
  if (isUnknown(valueOnWay(attributes, path))) return unknownUntilApply(path);
  return (value ?? absent) === wanted ? [] : [{ got: `${path} ${shown(value)}`, fix: `set it to ${shown(wanted)}` }];
}
