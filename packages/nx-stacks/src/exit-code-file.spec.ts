import { writeFileSync } from 'node:fs';
import { exitCodeFile, takeExitCode } from './exit-code-file';

it('the exit code of a release is left once, and found once', () => {
  const run = `exit-${String(process.pid)}`;
  expect(takeExitCode(run)).toBeUndefined();
  writeFileSync(exitCodeFile(run), '10');
  expect(takeExitCode(run)).toBe(10);
  expect(takeExitCode(run)).toBeUndefined();
});
