import type { Run } from './workspace';

/** A command that must succeed. @throws {Error} with its output when it fails. */
export async function success(run: Promise<Run>): Promise<Run> {
  return await ended(run, 0);
}

/** A command that must fail with messages and no stack trace: exit code 1. @throws {Error} with its output otherwise. */
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
