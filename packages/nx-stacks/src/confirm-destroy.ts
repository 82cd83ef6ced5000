import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Problem } from '@nightshift/errors';
import type { RequestedRun } from './requested-run';

/** Runs a program with the terminal of Nx; gives its exit code. */
export type RunProgram = (args: readonly string[], cwd: string) => number | null;

const runNode: RunProgram = (args, cwd) => spawnSync(process.execPath, args, { cwd, stdio: 'inherit' }).status;

/**
 * Asks once for a whole run, before its first task: tasks have no terminal. The command asks, as it knows what is deployed.
 * @returns why nothing may be destroyed; undefined when the user has confirmed.
 */
export function confirmDestroy(
  { configuration, projects }: Pick<RequestedRun, 'configuration' | 'projects'>,
  workspaceRoot: string,
  atTerminal: boolean,
  run = runNode,
): Problem | undefined {
  if (!atTerminal) {
    return {
      where: 'nx destroy',
      what: 'needs a confirmation, and there is no terminal to ask at',
      todo: 'add --yes',
    };
  }
  const command = join('packages', 'cli', 'bin', 'nightshift.mjs');
  const stacks = projects ? [`--ask-for=${projects.join(',')}`] : ['--ask-for'];
  const status = run([command, 'destroy', '-c', String(configuration), ...stacks], workspaceRoot);
  if (status === 0) return undefined;
  return {
    where: 'nx destroy',
    what: 'nothing was destroyed',
    todo: 'see the message above',
  };
}
