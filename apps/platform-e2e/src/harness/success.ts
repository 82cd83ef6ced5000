import type { Run } from './workspace';

/** Expects that a command has succeeded, and shows its output where it has not. */
export async function success(run: Promise<Run>): Promise<Run> {
  const done = await run;
  expect({ exitCode: done.exitCode, output: done.output }).toMatchObject({ exitCode: 0 });
  return done;
}

/** Expects that a command has been refused with one message and no stack trace: exit code 1. */
export async function refusal(run: Promise<Run>): Promise<Run> {
  const done = await run;
  expect({ exitCode: done.exitCode, output: done.output }).toMatchObject({ exitCode: 1 });
  expect(done.output).not.toMatch(/^\s+at .+:\d+:\d+/m);
  return done;
}
