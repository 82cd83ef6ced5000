import type { Environment } from '@nightshift/config';
import type { Model } from './model/model';
import { modelOf } from './model/model-of';
import type { Attributes } from './model/value';
import type { Rule } from './rule';

/** Resources by type and name: `{ aws_vpc: { Main: { cidr_block: '10.0.0.0/16' } } }`. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Attributes>>>>;

/** A model of one stack, `network`, with these resources; with optional other parts of its `cdk.tf.json`. */
export function modelWith(resource: Resources, rest: Attributes = {}, environment?: Environment): Model {
  return modelOf({ stacks: { network: { resource, ...rest } }, environment });
}

/** The findings of a rule as lines `<address>: <got> - <fix>`, or that it does not apply. */
export function findingsIn(rule: Rule, model: Model): readonly string[] | 'not applicable' {
  const subjects = rule.appliesTo(model);
  if (subjects.length === 0) return 'not applicable';
  return subjects.flatMap((checked) =>
    rule.check(checked, model).map((finding) => {
      const { address } = finding.subject ?? checked;
      return 'got' in finding
        ? `${address}: ${finding.got} - ${finding.fix}`
        : `${address}: not checked: ${finding.unknown}`;
    }),
  );
}
