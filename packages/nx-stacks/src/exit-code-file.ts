import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where `bin/stack-task.mjs` leaves the exit code of a release: Nx makes 1 of all but 0. */
export function exitCodeFile(runId: string): string {
  return join(tmpdir(), `nightshift-exit-${runId}`);
}

/** The exit code that was left, which is forgotten then. */
export function takeExitCode(runId: string): number | undefined {
  const file = exitCodeFile(runId);
  try {
    const code = Number(readFileSync(file, 'utf8'));
    rmSync(file);
    return code;
  } catch {
    // The task did not come so far.
    return undefined;
  }
}
