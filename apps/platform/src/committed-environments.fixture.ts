import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { listEnvironments, loadEnvironment, type Environment } from '@nightshift/config';

export const root = join(__dirname, '..', '..', '..');
const directory = join(root, 'environments');

/** Every committed environment; profiles with a suffix. */
export function committedEnvironments(): Environment[] {
  return listEnvironments(directory).map(({ name, profile }) =>
    loadEnvironment({ directory, name, suffix: profile ? 'pr-123' : undefined }),
  );
}

export function committedEnvironment(name: string): Environment {
  return loadEnvironment({ directory, name });
}

/** Every stack is an app with a file `<name>-stack.ts`: from these Nx infers the targets. */
export function stackNames(): readonly string[] {
  const hasStack = (name: string) => existsSync(join(root, 'apps', name, 'src', `${name}-stack.ts`));
  return readdirSync(join(root, 'apps')).filter(hasStack).sort();
}
