import type { Model } from './model';
import { statementsIn, type PolicyStatement } from './policy-statements';
import type { Subject } from './subject';
import { isAttributes, type Value } from './value';

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
