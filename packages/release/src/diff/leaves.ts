/** One value in a task definition, and where it stands, such as `['containerDefinitions', 'risk', 'environment', 'LOG_LEVEL']`. */
export interface Leaf {
  readonly path: readonly string[];
  readonly value: string;
}

/** What tells the entries of a list apart, so that a changed order is no change. */
const KEYS = ['name', 'containerPort', 'containerPath', 'containerName', 'key'] as const;

/** An entry that has but this beside its key is this. */
const ONLY_VALUE = /^(?:value|valueFrom)$/;

/** All values in a task definition. Empty ones are left out: ECS gives back an empty list for one that was never set. */
export function leavesOf(value: unknown, path: readonly string[] = []): readonly Leaf[] {
  if (value === undefined || value === '') return [];
  if (Array.isArray(value)) return ofList(value, path);
  if (typeof value === 'object')
    return Object.entries(value as object).flatMap(([name, one]) => leavesOf(one, [...path, name]));
  return [{ path, value: String(value as string | number | boolean) }];
}

function ofList(list: readonly unknown[], path: readonly string[]): readonly Leaf[] {
  if (list.length === 0) return [];
  // Such as the words of a command.
  if (list.every((one) => typeof one !== 'object')) return [{ path, value: JSON.stringify(list) }];
  return (list as Record<string, unknown>[]).flatMap((entry, index) => {
    const key = KEYS.find((name) => entry[name] !== undefined);
    if (key === undefined) return leavesOf(entry, [...path, String(index)]);
    const { [key]: name, ...rest } = entry;
    const here = [...path, String(name as string | number)];
    const leaves = leavesOf(rest, here);
    if (leaves.length === 0) return [{ path: here, value: 'present' }];
    const [only, ...others] = leaves as [Leaf, ...Leaf[]];
    const isValue = others.length === 0 && ONLY_VALUE.test(String(only.path.at(-1)));
    return isValue ? [{ path: here, value: only.value }] : leaves;
  });
}
