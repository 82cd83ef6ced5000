import type { Model, Resource, Subject } from './model';
import { at, blocks, isAttributes, parsed, texts, type Value } from './value';

/** One test of a condition: `StringEquals`, `aws:SourceAccount`, the values. */
export interface PolicyCondition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Who is meant: kind (`AWS`, `Service`, `Federated`) and value. `*` as a whole is kind `*`. */
export interface PolicyPrincipal {
  readonly kind: string;
  readonly value: string;
}

/** A statement with every "one or several" as a list. Tokens are still in the texts. */
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

/**
 * The statements of the policy in an attribute, by https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html.
 * @returns undefined where there is no policy or Terraform will only know it when it applies
 */
export function statementsOf({ attributes }: Resource, path: string): readonly PolicyStatement[] | undefined {
  return statementsIn(at(attributes, path));
}

/** The same of a value. A JSON text without statements is no policy. */
function statementsIn(value: Value | undefined): readonly PolicyStatement[] | undefined {
  const document = parsed(value);
  return isAttributes(document) ? blocks(document['Statement']).map(statementOf) : undefined;
}

function statementOf(statement: Readonly<Record<string, Value | undefined>>): PolicyStatement {
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

/** Conditions take numbers and booleans too. */
function valuesOf(values: Value | undefined): readonly string[] {
  return (Array.isArray(values) ? values : [values]).map(String);
}

function pairs(value: Value | undefined): [string, Value | undefined][] {
  return isAttributes(value) ? Object.entries(value) : [];
}

/** A resource, and the statements of all policies in it: of identities, resources, keys, endpoints, trust, wherever they are written. */
export interface Policies extends Subject {
  readonly statements: readonly PolicyStatement[];
}

/** The policies of all resources. What is only known after apply is none. */
export function policyDocuments(model: Model): readonly Policies[] {
  return model.managed
    .map(({ stack, address, path, attributes }) => ({ stack, address, path, statements: policiesIn(attributes) }))
    .filter(({ statements }) => statements.length > 0);
}

function policiesIn(value: Value | undefined): readonly PolicyStatement[] {
  if (typeof value === 'string') return value.includes('"Statement"') ? (statementsIn(value) ?? []) : [];
  const items: readonly (Value | undefined)[] = Array.isArray(value)
    ? value
    : isAttributes(value)
      ? Object.values(value)
      : [];
  return items.flatMap(policiesIn);
}
