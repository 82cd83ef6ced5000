import { UserError } from '@nightshift/errors';
import { isMap } from './base-file';
import { dotted } from './check-schema';
import { environmentOf } from './environment';
import { unknownEnvironment } from './environment-names';
import { checkEnvironmentFile, environmentNames, type EnvironmentSource } from './load-environment';

/** One value of an environment. A list is one value. */
export interface DescribedValue {
  readonly path: readonly string[];
  /** `network.cidr` */
  readonly key: string;
  readonly value: unknown;
  /** The file that sets it, `default`, or `name` for what follows from the name of the environment. */
  readonly from: string;
}

/** Values that follow from the name, unless the file sets them. */
const NAMED = ['name', 'suffix', 'tags.Environment', 'state.bucket'];

/**
 * Each value of an environment, and its origin.
 * @throws {UserError} with all problems of the file.
 */
export function describeEnvironment({ directory, name, suffix }: EnvironmentSource): DescribedValue[] {
  if (!environmentNames(directory).includes(name)) throw new UserError(unknownEnvironment(directory, name));
  const checked = checkEnvironmentFile(directory, name);
  if (!checked.file) throw new UserError(...checked.problems);
  const { file, originOf } = checked;
  return leavesOf(environmentOf(file, name, suffix ?? name), []).map(({ path, value }) => {
    const key = dotted(path);
    const from = originOf(path) ?? (NAMED.includes(key) ? 'name' : 'default');
    return { path, key, value, from };
  });
}

/** A key whose values differ between two environments. */
export interface Difference {
  readonly key: string;
  /** `undefined` if an environment does not have the key. */
  readonly values: readonly [unknown, unknown];
}

/** The values that differ between two environments, apart from those that follow from their names. */
export function differencesBetween(one: readonly DescribedValue[], other: readonly DescribedValue[]): Difference[] {
  const valueOf = (values: readonly DescribedValue[], key: string) => values.find((value) => value.key === key)?.value;
  const keys = new Set([...one, ...other].filter(({ from }) => from !== 'name').map(({ key }) => key));
  return [...keys]
    .map((key) => ({ key, values: [valueOf(one, key), valueOf(other, key)] as const }))
    .filter(({ values: [first, second] }) => JSON.stringify(first) !== JSON.stringify(second));
}

function leavesOf(value: unknown, path: readonly string[]): { path: readonly string[]; value: unknown }[] {
  if (!isMap(value) || Object.keys(value).length === 0) return [{ path, value }];
  return Object.entries(value).flatMap(([key, child]) => leavesOf(child, [...path, key]));
}
