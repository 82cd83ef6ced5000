import { cut } from '@nightshift/console';

/** A sensitive value: only the fact that it changes is shown. */
class Secret {
  constructor(readonly value: unknown) {}

  toJSON(): string {
    return '(sensitive)';
  }
}

/** A value that is known after apply. */
export class Unknown {
  toJSON(): string {
    return '(known after apply)';
  }
}

type Values = Readonly<Record<string, unknown>>;

/**
 * A value of a plan with the marks of Terraform put in: `sensitive` and `unknown` have the value's shape and are `true`
 * where they apply. JSON texts (policies, container definitions) become the values that they hold.
 */
export function maskedValue(value: unknown, sensitive: unknown, unknown: unknown): unknown {
  if (unknown === true) return new Unknown();
  if (sensitive === true) return new Secret(value);
  if (Array.isArray(value)) {
    return value.map((item, index) => maskedValue(item, at(sensitive, index), at(unknown, index)));
  }
  if (isValues(value)) {
    const keys = new Set([...Object.keys(value), ...(isValues(unknown) ? Object.keys(unknown) : [])]);
    return Object.fromEntries(
      [...keys].map((key) => [key, maskedValue(value[key], at(sensitive, key), at(unknown, key))]),
    );
  }
  return typeof value === 'string' ? parsed(value) : value;
}

/** Merges marks: `true` if either is `true`. */
export function mergedMarks(one: unknown, other: unknown): unknown {
  if (one === true || other === true) return true;
  if (!isContainer(one)) return other;
  if (!isContainer(other)) return one;
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...keys].map((key) => [key, mergedMarks(one[key], other[key])]));
}

/** Whether a value is a map, and neither a list nor a mark. */
export function isValues(value: unknown): value is Values {
  return isContainer(value) && !Array.isArray(value) && !(value instanceof Secret) && !(value instanceof Unknown);
}

/**
 * The variables and secrets of a container are lists of names and values;
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_KeyValuePair.html and API_Secret.html
 * @returns undefined for other lists.
 */
export function valuesByName(list: readonly unknown[]): Values | undefined {
  const pairs = list.flatMap((one): (readonly [string, unknown])[] => {
    if (!isValues(one)) return [];
    const { name, value, valueFrom = value, ...others } = one;
    return typeof name === 'string' && valueFrom !== undefined && Object.keys(others).length === 0
      ? [[name, valueFrom]]
      : [];
  });
  return new Set(pairs.map(([name]) => name)).size === list.length ? Object.fromEntries(pairs) : undefined;
}

function isContainer(value: unknown): value is Values {
  return typeof value === 'object' && value !== null;
}

function at(marks: unknown, key: string | number): unknown {
  return isContainer(marks) ? marks[key] : undefined;
}

function parsed(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const MOST_CHARACTERS = 100;

/** A value of a plan as text for people: JSON, shortened. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return '(none)';
  if (value instanceof Secret || value instanceof Unknown) return value.toJSON();
  return cut(JSON.stringify(value), MOST_CHARACTERS);
}
