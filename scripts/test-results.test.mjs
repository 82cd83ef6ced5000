import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { testResults } from './test-results.mjs';

const file = (results) => {
  const path = join(mkdtempSync(join(tmpdir(), 'test-results-')), 'results.json');
  writeFileSync(path, JSON.stringify(results));
  return path;
};
const suite = (parts) => ({ name: 'a.spec.ts', status: 'passed', message: '', assertionResults: [], ...parts });

test('adds the passed tests, and skips a file that was not written', () => {
  const files = [
    file({ numPassedTests: 2, testResults: [suite()] }),
    file({ numPassedTests: 3 }),
    '/missing/results.json',
  ];
  assert.deepEqual(testResults(files), { passed: 5, failures: [] });
});

test('names each failed test with the start of its message, without colours', () => {
  const failed = {
    fullName: 'adds two',
    status: 'failed',
    failureMessages: ['\u001b[31mExpected 3\u001b[39m\nat a.spec.ts:1'],
  };
  const results = {
    numPassedTests: 1,
    testResults: [suite({ status: 'failed', assertionResults: [{ status: 'passed' }, failed] })],
  };
  assert.deepEqual(testResults([file(results)]), {
    passed: 1,
    failures: ['adds two\n    Expected 3\n    at a.spec.ts:1'],
  });
});

test('names a suite that failed without a failed test', () => {
  const results = { numPassedTests: 0, testResults: [suite({ status: 'failed', message: 'Cannot find module x' })] };
  assert.deepEqual(testResults([file(results)]), { passed: 0, failures: ['a.spec.ts\n    Cannot find module x'] });
});
