import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramRequest } from './machine';
import { testPython } from './test-python';
import { temporaryDirectory } from '@nightshift/files/temporary-directory';

describe('testPython', () => {
  const folder = temporaryDirectory();
  const results = () => join(folder(), 'test-results', 'python-results.json');
  let requests: ProgramRequest[];
  let printed: string[];
  beforeEach(() => {
    requests = [];
    printed = [];
  });

  const test = (exitCode: number, output: string) =>
    testPython({
      cloud: { prepare: () => Promise.resolve('/venv/python') },
      machine: {
        now: () => 0,
        run: (request) => {
          requests.push(request);
          return Promise.resolve({ exitCode, output });
        },
      },
      env: { PATH: '/bin' },
      folder: '/w/python',
      results: results(),
      print: (line) => void printed.push(line),
    });
  const counts = () => JSON.parse(readFileSync(results(), 'utf8')) as unknown;

  it('discovers the tests with the Python of the local cloud', async () => {
    expect(await test(0, 'Ran 12 tests in 1.0s\n\nOK')).toBe(true);
    expect(requests).toEqual([
      { file: '/venv/python', args: ['-m', 'unittest', 'discover'], cwd: '/w/python', env: { PATH: '/bin' } },
    ]);
    expect(counts()).toEqual({ numPassedTests: 12, numFailedTests: 0, numRuntimeErrorTestSuites: 0 });
    expect(printed.at(-1)).toBe('Ran 12 tests in 1.0s\n\nOK');
  });

  it('counts failures and errors', async () => {
    expect(await test(1, 'Ran 12 tests in 1.0s\n\nFAILED (failures=1, errors=2)')).toBe(false);
    expect(counts()).toEqual({ numPassedTests: 9, numFailedTests: 3, numRuntimeErrorTestSuites: 0 });
  });

  it('treats a run without a test count as a failure', async () => {
    expect(await test(1, 'SyntaxError')).toBe(false);
    expect(counts()).toEqual({ numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 1 });
  });

  it('treats a run without tests as a failure', async () => {
    expect(await test(0, 'Ran 0 tests in 0.0s')).toBe(false);
  });
});
