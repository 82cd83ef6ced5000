import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ProcessEnvironment } from './cloud-environment';
import type { Clock, Programs } from './machine';
import type { LocalCloud } from './local-cloud';
import { withProgress } from './with-progress';

export interface PythonTests {
  readonly cloud: Pick<LocalCloud, 'prepare'>;
  readonly machine: Pick<Clock, 'now'> & Pick<Programs, 'run'>;
  readonly env: ProcessEnvironment;
  /** The folder to discover tests in. */
  readonly folder: string;
  /** Gets the counts, under the names that jest gives them in its own results. */
  readonly results: string;
  readonly print: (line: string) => void;
}

/** The number before or after a word in what unittest says last, such as `Ran 12 tests` or `failures=1`. */
function countOf(output: string, pattern: RegExp): number {
  return Number(pattern.exec(output)?.[1] ?? 0);
}

/** Runs the tests of the Python part in the local cloud's own Python; gives whether all passed. */
export async function testPython({ cloud, machine, env, folder, results, print }: PythonTests): Promise<boolean> {
  const file = await cloud.prepare(print);
  const { exitCode, output } = await withProgress(
    { message: 'testing the extensions of moto', onProgress: print, now: machine.now },
    () => machine.run({ file, args: ['-m', 'unittest', 'discover'], cwd: folder, env }),
  );
  print(output);
  const failed = countOf(output, /failures=(\d+)/) + countOf(output, /errors=(\d+)/);
  const passed = countOf(output, /Ran (\d+) tests?/) - failed;
  const broken = exitCode !== 0 && failed === 0;
  await mkdir(dirname(results), { recursive: true });
  const counts = { numPassedTests: passed, numFailedTests: failed, numRuntimeErrorTestSuites: broken ? 1 : 0 };
  await writeFile(results, `${JSON.stringify(counts)}\n`);
  return exitCode === 0 && passed > 0;
}
