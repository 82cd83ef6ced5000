import type { Problem } from '@nightshift/errors';
import { type ParsedYaml, parseYaml } from './parse-yaml';

export type Path = readonly PropertyKey[];

/** The folder in `environments/` with the files that environments extend. */
export const BASES = 'bases';

/** The text of a base file, or `undefined` if it does not exist. */
export type ReadBase = (name: string) => { readonly label: string; readonly text: string | undefined };

/** Part of an environment file that others extend: one level, so that a reader finds a value in one of two files. */
export interface Base {
  readonly label: string;
  readonly yaml: Extract<ParsedYaml, { readable: true }>;
}

/**
 * The base that an environment file extends.
 * @param label the name of the file in problems.
 */
export function findBase(
  value: unknown,
  label: string,
  readBase: ReadBase,
): { readonly base?: Base; readonly problems: readonly Problem[] } {
  const name = valueAt(value, ['extends']);
  // The schema refuses what is not a name.
  if (typeof name !== 'string' || !BASE_NAME.test(name)) return { problems: [] };
  const { label: where, text } = readBase(name);
  if (text === undefined) {
    const problem = { where: `${label}: extends`, what: 'has no base of this name', got: JSON.stringify(name) };
    return { problems: [{ ...problem, todo: `add ${where}, or remove the key` }] };
  }
  const yaml = parseYaml(text, where);
  if (!yaml.readable) return { problems: yaml.problems };
  if (!isMap(yaml.value)) {
    return {
      problems: [{ where, what: 'is not a map', todo: 'write each key on a line of its own, as "key: value"' }],
    };
  }
  const nested = valueAt(yaml.value, ['extends']);
  if (nested !== undefined) {
    const what = 'is not possible in a base: a file extends one level only';
    return { problems: [{ where: `${where}: extends`, what, todo: 'remove the key' }] };
  }
  return { base: { label: where, yaml }, problems: yaml.problems };
}

/** Starts like the name of an environment. */
export const BASE_NAME = /^[a-z][a-z0-9-]*$/;

/** Maps are merged; a list or a single value of the environment replaces that of the base. */
export function merge(base: unknown, own: unknown): unknown {
  if (!isMap(base) || !isMap(own)) return own;
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(own))
    merged.set(key, merged.has(key) ? merge(merged.get(key), value) : value);
  return Object.fromEntries(merged);
}

export function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    data,
  );
}
