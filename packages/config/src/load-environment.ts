import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { environmentOf, type Environment } from './environment';
import { environmentFile } from './schema/environment';

export interface EnvironmentSource {
  /** Where the environment files are. */
  readonly directory: string;
  /** A file's name without `.yaml`, and of its Nx configuration. */
  readonly name: string;
  /** What names end in, for a profile. @default - the name */
  readonly suffix?: string | undefined;
}

/** Reads `<directory>/<name>.yaml`. */
export function loadEnvironment({ directory, name, suffix = name }: EnvironmentSource): Environment {
  const file: unknown = parse(readFileSync(join(directory, `${name}.yaml`), 'utf8'));
  return environmentOf(environmentFile.parse(file), name, suffix);
}

/** The names of the environment files in a directory, sorted. */
export function environmentNames(directory: string): string[] {
  return readdirSync(directory)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}
