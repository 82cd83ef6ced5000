import type { Run } from './workspace';

/** A command that must succeed. @throws {Error} with its output where it does not. */
export async function success(run: Promise<Run>): Promise<Run> {
  return await ended(run, 0);
}

/** A command that must be refused with messages and no stack trace: exit code 1. @throws {Error} with its output where it is not. */
export async function refusal(run: Promise<Run>): Promise<Run> {
  const done = await ended(run, 1);
  expect(done.output).not.toMatch(/^\s+at .+:\d+:\d+/m);
  return done;
}

async function ended(run: Promise<Run>, exitCode: number): Promise<Run> {
  const done = await run;
  if (done.exitCode !== exitCode) {
    throw new Error(`expected exit code ${exitCode}, got ${String(done.exitCode)} from:\n${done.output}`);
  }
  return done;
}
