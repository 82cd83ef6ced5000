import type { Model, Subject } from './model';
import { at, type Attributes, blocks, isAttributes, isUnknown, parsed, texts, type Value } from './value';

/** One test of a condition: `StringEquals`, `aws:SourceAccount`, the values. */
export interface PolicyCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** A principal of a statement: kind (`AWS`, `Service`, `Federated`) and value. `*` as a whole is kind `*`. */
export interface PolicyPrincipal {
  readonly kind: string;
  readonly value: string;
}

/** A statement in which every "one or several" is a list. Texts contain tokens. */
export interface PolicyStatement {
  readonly sid: string;
  readonly effect: string;
  readonly principals: readonly PolicyPrincipal[];
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
  readonly resources: readonly string[];
  readonly notResources: readonly string[];
  readonly conditions: readonly PolicyCondition[];
}

/** The policy in an attribute, as far as it is known. */
export interface Policy {
  readonly statements: readonly PolicyStatement[];
  /** Whether some or all statements are unknown until apply. */
  readonly unknown: boolean;
}

/** Marks a policy document of which a part is unknown; its statements are known. */
export const PARTLY_UNKNOWN = '${unknown}';

/**
 * The policy in an attribute, without statements if there is none:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function policyAt(attributes: Attributes, path: string): Policy {
  return policyIn(at(attributes, path));
}

/** A JSON text without statements is not a policy. */
function policyIn(value: Value | undefined): Policy {
  if (value === undefined) return { statements: [], unknown: false };
  return policyOf(parsed(value));
}

function policyOf(document: Value | undefined): Policy {
  if (!isAttributes(document)) return { statements: [], unknown: true };
  return {
    statements: blocks(document['Statement']).map(statementOf),
    unknown: document[PARTLY_UNKNOWN] !== undefined,
  };
}

function statementOf(statement: Attributes): PolicyStatement {
  return {
    sid: String(statement['Sid'] ?? ''),
    effect: String(statement['Effect'] ?? ''),
    principals: principalsOf(statement['Principal']),
    actions: texts(statement['Action']),
    notActions: texts(statement['NotAction']),
    resources: texts(statement['Resource']),
    notResources: texts(statement['NotResource']),
    conditions: pairs(statement['Condition']).flatMap(([operator, tests]) =>
      pairs(tests).map(([key, values]) => ({ operator, key, values: valuesOf(values) })),
    ),
  };
}

function principalsOf(principal: Value | undefined): PolicyPrincipal[] {
  if (typeof principal === 'string') return [{ kind: '*', value: principal }];
  return pairs(principal).flatMap(([kind, values]) => texts(values).map((value) => ({ kind, value })));
}

/** Conditions also accept numbers and booleans. */
function valuesOf(values: Value | undefined): readonly string[] {
  return (Array.isArray(values) ? values : [values]).map(String);
}

function pairs(value: Value | undefined): [string, Value | undefined][] {
  return isAttributes(value) ? Object.entries(value) : [];
}

/** A resource and all policies in it: of identities, resources, keys, endpoints, and trust policies. */
export interface Policies extends Subject, Policy {}

/** Attributes with a policy; in other attributes, a policy is recognized by its text. */
const POLICY_ATTRIBUTES = /(?:^|_)policy$|^policy_document$/;

/** The policies of all resources. */
export function policyDocuments(model: Model): readonly Policies[] {
  return model.managed.flatMap(({ stack, address, path, attributes }) => {
    const policies = policiesIn('', attributes);
    const statements = policies.flatMap((policy) => policy.statements);
    const unknown = policies.some((policy) => policy.unknown);
    return statements.length > 0 || unknown ? [{ stack, address, path, statements, unknown }] : [];
  });
}

function policiesIn(name: string, value: Value | undefined): readonly Policy[] {
  if (typeof value === 'string') {
    if (!value.includes('"Statement"'))
      return POLICY_ATTRIBUTES.test(name) && isUnknown(value) ? [policyIn(value)] : [];
    const document = parsed(value);
    return isAttributes(document) ? [policyOf(document)] : [];
  }
  if (Array.isArray(value)) return value.flatMap((item: Value) => policiesIn(name, item));
  return isAttributes(value) ? Object.entries(value).flatMap(([key, item]) => policiesIn(key, item)) : [];
}
