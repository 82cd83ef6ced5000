import { blocks, isAttributes, parsed, type Value } from './value';

/**
 * All values at a path, in every block of it: `rule.object_ownership`. `tags#key` and `tags#value` are those of a map, and after
 * `container_definitions{}` the path goes on in the JSON that the attribute holds.
 */
export function valuesAt(value: Value | undefined, path: string): readonly Value[] {
  const [name, ...rest] = path.split('.');
  const found = blocks(value).flatMap((block) => entry(block, String(name)));
  return rest.length === 0 ? found : found.flatMap((one) => valuesAt(one, rest.join('.')));
}

function entry(block: Readonly<Record<string, Value | undefined>>, name: string): readonly Value[] {
  if (name.endsWith('{}')) return present(parsed(block[name.slice(0, -2)]));
  const [attribute, part] = name.split('#');
  const value = block[String(attribute)];
  if (part === undefined) return present(value);
  if (!isAttributes(value)) return [];
  return part === 'key' ? Object.keys(value) : Object.values(value).flatMap(present);
}

function present(value: Value | undefined): readonly Value[] {
  return value === undefined || value === null ? [] : [value];
}
