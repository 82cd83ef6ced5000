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
    expect(counts()).toEqual({
      numPassedTests: 12,
      testResults: [
        { name: '/w/python', status: 'passed', message: 'Ran 12 tests in 1.0s\n\nOK', assertionResults: [] },
      ],
    });
    expect(printed.at(-1)).toBe('Ran 12 tests in 1.0s\n\nOK');
  });

  it('writes the trace of each failure and error', async () => {
    const line = '='.repeat(70);
    const output = `..FE\n${line}\nFAIL: test_a (tests.A.test_a)\n---\nAssertionError: 1 != 2\n\n${line}\nERROR: test_b (tests.B.test_b)\n---\nKeyError: 'x'\n\n---\nRan 12 tests in 1.0s\n\nFAILED (failures=1, errors=1)`;
    expect(await test(1, output)).toBe(false);
    expect(counts()).toMatchObject({
      numPassedTests: 10,
      testResults: [
        {
          status: 'passed',
          assertionResults: [
            {
              fullName: 'test_a (tests.A.test_a)',
              status: 'failed',
              failureMessages: ['---\nAssertionError: 1 != 2\n\n'],
            },
            {
              fullName: 'test_b (tests.B.test_b)',
              status: 'failed',
              failureMessages: ["---\nKeyError: 'x'\n\n---\n"],
            },
          ],
        },
      ],
    });
  });

  it('treats a run without a test count as a failed suite, and keeps the end of the output', async () => {
    expect(await test(1, `${'x'.repeat(2000)} SyntaxError`)).toBe(false);
    expect(counts()).toEqual({
      numPassedTests: 0,
      testResults: [
        {
          name: '/w/python',
          status: 'failed',
          message: `${'x'.repeat(988)} SyntaxError`,
          assertionResults: [],
        },
      ],
    });
  });

  it('treats a run without tests as a failure', async () => {
    expect(await test(0, 'Ran 0 tests in 0.0s')).toBe(false);
  });
});
