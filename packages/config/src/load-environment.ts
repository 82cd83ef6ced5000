import { UserError, type Problem } from '@nightshift/errors';
import { isUtf8 } from 'node:buffer';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { alongside, type CheckedFile } from './checked-file';
import { environmentOf, type Environment } from './environment';
import { EXTENSION, fileNameProblems, labelOf, namesIn, unknownEnvironment } from './environment-names';
import { BASES, type ReadBase } from './base-file';
import { parseEnvironmentFile } from './parse-environment-file';
import { suffixProblems } from './suffix-problems';

/** Ten times the size of a real file. The parser needs minutes for a large invalid file. */
const MOST_KIB = 64;

export interface EnvironmentSource {
  /** The directory of the environment files. */
  readonly directory: string;
  /** A file's name without `.yaml`, which is the name of its Nx configuration. */
  readonly name: string;
  /** The suffix of a profile. @default - the name */
  readonly suffix?: string | undefined;
}

/**
 * Reads `<directory>/<name>.yaml`.
 * @throws {UserError} with all problems of the file, or of the suffix.
 */
export function loadEnvironment({ directory, name, suffix }: EnvironmentSource): Environment {
  const names = environmentNames(directory);
  if (!names.includes(name)) throw new UserError(unknownEnvironment(directory, name));
  const { file, problems } = checkEnvironmentFile(directory, name);
  if (!file) throw new UserError(...problems);
  const [first, ...others] = suffixProblems({
    name,
    label: labelOf(directory, name),
    file,
    suffix,
    names,
  });
  if (first) throw new UserError(first, ...others);
  return environmentOf(file, name, suffix ?? name);
}

/**
 * The names of the environment files in a directory, sorted.
 * @throws {UserError} when there is no such directory.
 */
export function environmentNames(directory: string): string[] {
  return reading(directory, () => namesIn(directory), 'use the directory of the environment files');
}

/** The content of an environment file, or all of its problems. */
export function checkEnvironmentFile(directory: string, name: string): CheckedFile {
  const label = labelOf(directory, name);
  const bytes = reading(label, () => readFileSync(join(directory, name + EXTENSION)), 'make the file readable');
  const unreadable = problemOfBytes(bytes, label);
  const checked = unreadable
    ? { problems: [unreadable] as const }
    : parseEnvironmentFile(bytes.toString('utf8'), label, baseReader(directory));
  return alongside(fileNameProblems(name, label), checked);
}

/** Reads `environments/bases/<name>.yaml`. */
function baseReader(directory: string): ReadBase {
  return (name) => {
    const path = join(directory, BASES, name + EXTENSION);
    const label = `${basename(directory)}/${BASES}/${name}${EXTENSION}`;
    return { label, text: existsSync(path) ? readFileSync(path, 'utf8') : undefined };
  };
}

function problemOfBytes(bytes: Buffer, where: string): Problem | undefined {
  if (bytes.length > MOST_KIB * 1024) {
    const got = `${Math.ceil(bytes.length / 1024).toLocaleString('en-US')} KiB`;
    return { where, what: 'is too large for an environment', got, todo: `keep it below ${MOST_KIB} KiB` };
  }
  const todo = 'save it as UTF-8';
  // The byte order marks of UTF-16. Without one, every other byte of plain English is 0.
  if (/^(?:fffe|feff)/.test(bytes.toString('hex', 0, 2)) || bytes.includes(0))
    return { where, what: 'is UTF-16, or not text', todo };
  return isUtf8(bytes) ? undefined : { where, what: 'is not UTF-8', todo };
}

function reading<T>(where: string, read: () => T, todo: string): T {
  try {
    return read();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError({ where, what: code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`, todo });
  }
}
