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
  /** Gets the counts and the failures, in the form of jest's own results. */
  readonly results: string;
  readonly print: (line: string) => void;
}

/** A number in the summary of unittest, such as `Ran 12 tests` or `failures=1`. */
function countOf(output: string, pattern: RegExp): number {
  return Number(pattern.exec(output)?.[1] ?? 0);
}

/** The failed tests: unittest prints `FAIL: name` or `ERROR: name` and the trace between two lines. */
function failuresOf(output: string): readonly object[] {
  return [...output.matchAll(/^(?:FAIL|ERROR): (.*)\n([^]*?)(?=^={70}$|^Ran \d+ tests?|(?![^]))/gm)].map(
    ([, fullName, trace]) => ({
      fullName,
      status: 'failed',
      failureMessages: [trace],
    }),
  );
}

/** Runs the Python tests in the virtual environment of the local cloud; returns whether all passed. */
export async function testPython({ cloud, machine, env, folder, results, print }: PythonTests): Promise<boolean> {
  const file = await cloud.prepare(print);
  const { exitCode, output } = await withProgress(
    { message: 'testing the extensions of moto', onProgress: print, now: machine.now },
    () => machine.run({ file, args: ['-m', 'unittest', 'discover'], cwd: folder, env }),
  );
  print(output);
  const failures = failuresOf(output);
  const passed = countOf(output, /Ran (\d+) tests?/) - failures.length;
  const broken = exitCode !== 0 && failures.length === 0;
  const suite = {
    name: folder,
    status: broken ? 'failed' : 'passed',
    message: output.slice(-1000),
    assertionResults: failures,
  };
  await mkdir(dirname(results), { recursive: true });
  await writeFile(results, `${JSON.stringify({ numPassedTests: passed, testResults: [suite] })}\n`);
  return exitCode === 0 && passed > 0;
}
