import type { Problem } from '@nightshift/errors';
import { limits, MAX_SUFFIX_LENGTH, namesFor, SUFFIX_PATTERN, type ResourceType } from '@nightshift/naming';
import { readdirSync } from 'node:fs';
import { basename } from 'node:path';
import { nearest } from './nearest';

/** The variable with the suffix of an ephemeral environment. */
export const SUFFIX_VARIABLE = 'ENVIRONMENT_SUFFIX';

/** The requested suffix. An empty variable counts as not set, because pipelines set it to an empty text. */
export function requestedSuffix(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env[SUFFIX_VARIABLE] === '' ? undefined : env[SUFFIX_VARIABLE];
}

/** The extension of environment files. */
export const EXTENSION = '.yaml';

/** Names that are intended as environments, unlike files of editors and file managers: `.#dev.yaml`, `dev copy.yaml`, `dev (1).yaml`. */
const MEANT = /^[^.\s][^\s]*\.yaml$/;

/**
 * The names of the environment files in a directory, sorted, including invalid ones.
 * @throws {Error} of the file system when there is no such directory.
 */
export function namesIn(directory: string): string[] {
  return readdirSync(directory)
    .filter((file) => MEANT.test(file))
    .map((file) => file.slice(0, -EXTENSION.length))
    .sort();
}

/** The valid environment names. */
export function allowedNamesIn(directory: string): string[] {
  return namesIn(directory).filter((name) => fileNameProblems(name, name).length === 0);
}

/** `environments/dev.yaml`: relative to the repository. */
export function labelOf(directory: string, name: string): string {
  return `${basename(directory)}/${name}${EXTENSION}`;
}

/** The problem with the name of an environment file, which is also the suffix and the end of the state bucket's name. */
export function fileNameProblems(name: string, label: string): Problem[] {
  const better = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return suffixFlaws(name, label, better === '' ? 'rename it to' : `rename it, for example to ${better}${EXTENSION}:`);
}

/** @param todo the verb of the fix, such as `use`. */
export function suffixFlaws(suffix: string, where: string, todo: string): Problem[] {
  const got = JSON.stringify(suffix);
  if (!SUFFIX_PATTERN.test(suffix)) {
    const what = 'is not a valid environment name';
    return [{ where, what, got, todo: `${todo} lower-case letters and digits, in groups joined by single hyphens` }];
  }
  if (suffix.length > MAX_SUFFIX_LENGTH) {
    const what = `is too long for some resource names (${suffix.length} characters)`;
    return [{ where, what, got, todo: `use at most ${MAX_SUFFIX_LENGTH} characters` }];
  }
  const names = namesFor(suffix);
  const refusing = (Object.keys(limits) as ResourceType[]).find((type) => !isPossible(() => names.of(type)));
  if (refusing === undefined) return [];
  return [{ where, what: `makes names end in text that AWS reserves (${refusing})`, got, todo: 'use something else' }];
}

/** The problem of an environment without a file, or with an ignored file. */
export function unknownEnvironment(directory: string, name: string): Problem {
  const files = readdirSync(directory);
  const [illegal] = files.includes(name + EXTENSION) ? fileNameProblems(name, labelOf(directory, name)) : [];
  if (illegal) return illegal;
  if (files.includes(`${name}.yml`)) {
    return {
      where: `${basename(directory)}/${name}.yml`,
      what: `is ignored, because its name does not end in ${EXTENSION}`,
      todo: `rename it to ${name}${EXTENSION}`,
    };
  }
  const names = allowedNamesIn(directory);
  const meant = nearest(name, names);
  const known = names.join(', ');
  const add = `add a file with the extension ${EXTENSION}`;
  // A path could lead to an existing file.
  const what =
    basename(name) === name
      ? { where: labelOf(directory, name), what: 'does not exist' }
      : { where: basename(directory), what: 'has no file of this name', got: JSON.stringify(name) };
  return {
    ...what,
    todo: meant ? `did you mean ${meant}? Known are ${known}` : known ? `use one of ${known}, or ${add}` : add,
  };
}

function isPossible(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false;
  }
}
