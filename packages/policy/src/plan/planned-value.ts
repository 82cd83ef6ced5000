import { type Attributes, isAttributes, type Value } from '../model/value';
import type { Expression, Expressions } from './plan-json';
import { isLeaf, leavesOf } from './resolve-references';

type Given = Expression | Expressions | readonly Expressions[] | undefined;

/** Creates tokens for one resource. */
export interface Tokens {
  /** The token of an unknown value: `${aws_vpc.Main.id}`; a list for several references of a type. */
  unknown(expression: Expression): Value;
  /** The token of a known text that equals an attribute of a referenced resource; otherwise the text. */
  known(text: string, expression: Expression): string;
}

/**
 * A planned value in the form of `cdk.tf.json`: with references, and without values that the provider has computed. Omits `null`.
 */
export function plannedValue(
  value: Value | undefined,
  unknown: Value | undefined,
  given: Given,
  tokens: Tokens,
): Value | undefined {
  if (unknown === true) return given && unknownValue(given, tokens);
  if (value === null || value === undefined) return undefined;
  if (Array.isArray(value)) return plannedList(value as readonly Value[], unknown, given, tokens);
  if (isAttributes(value)) return plannedBlock(value, isAttributes(unknown) ? unknown : {}, given, tokens);
  return typeof value === 'string' && given && isLeaf(given) ? tokens.known(value, given) : value;
}

function unknownValue(given: Exclude<Given, undefined>, tokens: Tokens): Value {
  const [first = {}, ...others] = leavesOf(given);
  const references = [first, ...others].flatMap((leaf) => leaf.references ?? []);
  return tokens.unknown({ references });
}

function plannedBlock(value: Attributes, unknown: Attributes, given: Given, tokens: Tokens): Attributes {
  const names = [...new Set([...Object.keys(value), ...Object.keys(unknown)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      if (isComputed(value[name], given, name)) return [];
      const planned = plannedValue(value[name], unknown[name], attributeOf(given, name), tokens);
      return planned === undefined ? [] : [[name, planned]];
    }),
  );
}

/** A default of the provider (0 or empty) for an attribute that is not set. */
function isComputed(value: Value | undefined, given: Given, name: string): boolean {
  if (value !== 0 && value !== '') return false;
  return given !== undefined && !Array.isArray(given) && !isLeaf(given) && !(name in given);
}

function plannedList(
  value: readonly Value[],
  unknown: Value | undefined,
  given: Given,
  tokens: Tokens,
): readonly Value[] {
  const unknowns: readonly Value[] = Array.isArray(unknown) ? unknown : [];
  const left = Array.isArray(given) ? [...(given as readonly Expressions[])] : undefined;
  return value.flatMap((item, index) => {
    const own = left ? takeFor(item, left) : given;
    return plannedValue(item, unknowns[index], own, tokens) ?? [];
  });
}

/** Terraform sorts the blocks of a set, so each block is matched with its configuration by its constants, otherwise by its position. */
function takeFor(item: Value, left: Expressions[]): Expressions | undefined {
  const fitting = left.findIndex((block) => isAttributes(item) && fits(item, block));
  return left.splice(Math.max(fitting, 0), 1)[0];
}

function fits(item: Attributes, block: Expressions): boolean {
  return Object.entries(block).every(
    ([name, given]) => !isLeaf(given) || !('constant_value' in given) || equal(given.constant_value, item[name]),
  );
}

function equal(one: Value | undefined, other: Value | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** A map has one expression for all of its values. */
function attributeOf(given: Given, name: string): Given {
  if (given === undefined || Array.isArray(given)) return undefined;
  return isLeaf(given) ? given : (given as Expressions)[name];
}
