import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** What may stand in a command line without quotes; the loader says what is wrong with any other name. */
const FILE = /^([a-z0-9]+(?:-[a-z0-9]+)*)\.yaml$/;

/** The names of the files in `environments/`, sorted: each is a configuration of every target. */
export function environmentNames(workspaceRoot: string): string[] {
  const directory = join(workspaceRoot, 'environments');
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .flatMap((file) => FILE.exec(file)?.[1] ?? [])
    .sort();
}
