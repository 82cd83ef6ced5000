import type { Model, Subject } from './model/model';
import { at, type Attributes, shown, type Value } from './model/value';

export type Severity = 'error' | 'warning';

/** What is wrong with one subject. Both are phrases without a full stop. */
export interface Finding {
  /** What there is instead of what the rule demands. */
  readonly got: string;
  /** What to do about it. */
  readonly fix: string;
  /** @default - the subject that was judged */
  readonly subject?: Subject;
}

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

/** One thing that every environment obeys. Pure: the same model gives the same findings. */
export interface Rule<Judged extends Subject = Subject> extends RuleDescription {
  /** All that the rule is about; with none it is not applicable. */
  appliesTo(model: Model): readonly Judged[];
  /** What is wrong with one of them; nothing, where it complies. */
  check(subject: Judged, model: Model): readonly Finding[];
}

/** Infers what a rule judges. */
export function rule<Judged extends Subject>(definition: Rule<Judged>): Rule<Judged> {
  return definition;
}

/**
 * A finding, unless the attribute at a path has a value.
 * @param absent what AWS takes where nothing is written. @default - nothing that would do
 */
export function attributeIs(attributes: Attributes, path: string, wanted: Value, absent?: Value): Finding[] {
  const value = at(attributes, path);
  return (value ?? absent) === wanted ? [] : [{ got: `${path} ${shown(value)}`, fix: `set it to ${shown(wanted)}` }];
}
