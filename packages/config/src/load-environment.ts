import { UserError, type Problem } from '@nightshift/errors';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { alongside, type CheckedFile } from './checked-file';
import { environmentOf, type Environment } from './environment';
import { nearest } from './nearest';
import { parseEnvironmentFile } from './parse-environment-file';
import { fileNameProblems, suffixProblems } from './suffix-problems';

const EXTENSION = '.yaml';

export interface EnvironmentSource {
  /** Where the environment files are. */
  readonly directory: string;
  /** A file's name without `.yaml`, which is the name of its Nx configuration. */
  readonly name: string;
  /** What names end in, for a profile; an empty one counts as none. @default - the name */
  readonly suffix?: string | undefined;
}

/**
 * Reads `<directory>/<name>.yaml`.
 * @throws {UserError} with all problems of the file, or of the suffix.
 */
export function loadEnvironment({ directory, name, suffix }: EnvironmentSource): Environment {
  const names = environmentNames(directory);
  if (!names.includes(name)) throw new UserError(unknownEnvironment(directory, name, names));
  const { file, problems } = checkEnvironmentFile(directory, name);
  if (!file) throw new UserError(...problems);
  const wanted = suffix === '' ? undefined : suffix;
  const [first, ...others] = suffixProblems({
    name,
    label: labelOf(directory, name),
    file,
    suffix: wanted,
    names,
  });
  if (first) throw new UserError(first, ...others);
  return environmentOf(file, name, wanted ?? name);
}

/**
 * The names of the environment files in a directory, sorted.
 * @throws {UserError} when there is no such directory.
 */
export function environmentNames(directory: string): string[] {
  const files = reading(directory, () => readdirSync(directory), 'name the directory that holds the environment files');
  return files
    .filter((file) => file.endsWith(EXTENSION))
    .map((file) => file.slice(0, -EXTENSION.length))
    .sort();
}

/** What one of a directory's environment files says, or all that is wrong with it. */
export function checkEnvironmentFile(directory: string, name: string): CheckedFile {
  const label = labelOf(directory, name);
  const text = reading(label, () => readFileSync(join(directory, name + EXTENSION), 'utf8'), 'make it a readable file');
  return alongside(fileNameProblems(name, label), parseEnvironmentFile(text, label));
}

/** `environments/dev.yaml`: as people call it, wherever the repository is. */
function labelOf(directory: string, name: string): string {
  return `${basename(directory)}/${name}${EXTENSION}`;
}

function unknownEnvironment(directory: string, name: string, names: readonly string[]): Problem {
  if (readdirSync(directory).includes(`${name}.yml`)) {
    return {
      where: `${basename(directory)}/${name}.yml`,
      what: `is not read, as its name does not end in ${EXTENSION}`,
      todo: `rename it to ${name}${EXTENSION}`,
    };
  }
  const meant = nearest(name, names);
  const known = names.join(', ');
  const add = `add a file whose name ends in ${EXTENSION}`;
  return {
    where: basename(directory),
    what: 'has no file for this environment',
    got: JSON.stringify(name),
    todo: meant ? `did you mean ${meant}? Known are ${known}` : known ? `use one of ${known}, or ${add}` : add,
  };
}

function reading<T>(where: string, read: () => T, todo: string): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError({ where, what: code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`, todo });
  }
}
