import { allowedNamesIn } from '@nightshift/config/names';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

export function environmentDirectory(workspaceRoot: string): string {
  return join(workspaceRoot, 'environments');
}

/** The names of the files in `environments/`, sorted: each is a configuration of every target. The loader refuses other names. */
export function environmentNames(workspaceRoot: string): string[] {
  const directory = environmentDirectory(workspaceRoot);
  return existsSync(directory) ? allowedNamesIn(directory) : [];
}
