import { oncePerText } from './once-per-text';

/** A value in Terraform's JSON. References are texts with `${…}`. */
export type Value = string | number | boolean | null | readonly Value[] | Attributes;

export interface Attributes {
  readonly [name: string]: Value | undefined;
}

export function isAttributes(value: Value | undefined): value is Attributes {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The blocks in a value: `cdk.tf.json` has a single block as an object or a list of one, plans always have a list. Also returns the items
 * of a JSON list.
 */
export function blocks(value: Value | undefined): readonly Attributes[] {
  if (Array.isArray(value)) return value.filter(isAttributes);
  return isAttributes(value) ? [value] : [];
}

function firstBlock(value: Value | undefined): Attributes | undefined {
  return isAttributes(value) ? value : blocks(value)[0];
}

/**
 * The value at a path of names, `encryption_configuration.kms_key`; of a list of blocks, in the first.
 * @returns undefined if there is none, or null
 */
export function at(value: Value | undefined, path: string): Value | undefined {
  let found: Value | undefined = value;
  for (const name of path.split('.')) found = firstBlock(found)?.[name];
  return found ?? undefined;
}

/** The value at a path, or the expression in place of a block on the path. */
export function valueOnWay(value: Value | undefined, path: string): Value | undefined {
  let found: Value | undefined = value;
  for (const name of path.split('.')) {
    if (typeof found === 'string') return found;
    found = firstBlock(found)?.[name];
  }
  return found ?? undefined;
}

/** Whether a value or a part of it is unknown until apply: a text with an expression. `$${` is text. */
export function isUnknown(value: Value | undefined): boolean {
  return typeof value === 'string' && /(?:^|[^$])(?:\$\$)*\$\{/.test(value);
}

/** The values of attributes with these names, at any depth, without empty lists. */
export function valuesNamed(value: Value | undefined, names: readonly string[]): readonly Value[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item: Value) => valuesNamed(item, names));
  const found: Value[] = [];
  for (const [name, one] of Object.entries(value)) {
    if (!names.includes(name)) found.push(...valuesNamed(one, names));
    else if (one !== undefined && !(Array.isArray(one) && one.length === 0)) found.push(one);
  }
  return found;
}

/** The texts of a list, or of a single one; AWS's policies and Terraform's blocks allow both in most places. */
export function texts(value: Value | undefined): readonly string[] {
  const items: readonly (Value | undefined)[] = Array.isArray(value) ? value : [value];
  return items.filter((item) => typeof item === 'string');
}

/** The JSON in an attribute such as `policy`, tokens and all. @returns undefined where it is not known before it is applied */
export function parsed(value: Value | undefined): Value | undefined {
  if (typeof value !== 'string') return undefined;
  try {
    return JSON.parse(value) as Value;
  } catch {
    return undefined;
  }
}

/** The text of a value in a message. */
export function shown(value: Value | undefined): string {
  if (value === undefined || value === null) return 'none';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/**
 * All values at a path, in every block of it: `rule.object_ownership`. `tags#key` and `tags#value` are those of a map, and after
 * `container_definitions{}` the path continues in the JSON that the attribute holds.
 */
export function valuesAt(value: Value | undefined, path: string): readonly Value[] {
  let found: Value[] = [...present(value)];
  for (const step of stepsOf(path)) {
    const next: Value[] = [];
    for (const one of found) for (const block of blocks(one)) next.push(...step(block));
    found = next;
  }
  return found;
}

const stepsOf = oncePerText((path) => path.split('.').map(stepOf));

function stepOf(name: string): (block: Attributes) => readonly Value[] {
  const [attribute, part] = name.split(/#|(?=\{\}$)/) as [string, string?];
  if (part === undefined) return (block) => present(block[attribute]);
  if (part === '{}') return (block) => present(parsed(block[attribute]));
  return ({ [attribute]: value }) => {
    if (!isAttributes(value)) return [];
    return part === 'key' ? Object.keys(value) : Object.values(value).flatMap(present);
  };
}

function present(value: Value | undefined): readonly Value[] {
  return value === undefined || value === null ? [] : [value];
}
