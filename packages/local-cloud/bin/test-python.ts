/* Runs the tests of python/: npm run test-python -w packages/local-cloud */
import { dirname, join } from 'node:path';
import { LocalCloud } from '../src/local-cloud';
import { thisMachine } from '../src/this-machine';
import { testPython } from '../src/test-python';

const project = dirname(__dirname);

async function main(): Promise<void> {
  const passed = await testPython({
    cloud: new LocalCloud({ root: dirname(dirname(project)), env: process.env }),
    machine: thisMachine,
    env: process.env,
    folder: join(project, 'python'),
    results: join(project, 'test-results', 'python-results.json'),
    print: (line) => process.stdout.write(`${line}\n`),
  });
  process.exitCode = passed ? 0 : 1;
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
