// Reads the results that jest (and the Python tests, in the same form) wrote.
import { existsSync, readFileSync } from 'node:fs';

const COLOURS = /\u001b\[[0-9;]*m/g;

/** The failure of one test: its title, and the first lines of its message. */
function failureOf({ fullName, failureMessages }) {
  const message = failureMessages.join('\n').replace(COLOURS, '').split('\n').slice(0, 12);
  return [fullName, ...message.map((line) => `    ${line}`)].join('\n');
}

/**
 * @param files JSON files in jest's form; a missing one counts nothing
 * @returns the number of passed tests, and a text for each test or suite that failed
 */
export function testResults(files) {
  const suites = [];
  let passed = 0;
  for (const file of files.filter(existsSync)) {
    const results = JSON.parse(readFileSync(file, 'utf8'));
    passed += results.numPassedTests;
    suites.push(...(results.testResults ?? []));
  }
  const failures = suites.flatMap((suite) => {
    const failed = suite.assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length > 0) return failed.map(failureOf);
    return suite.status === 'failed' ? [failureOf({ fullName: suite.name, failureMessages: [suite.message] })] : [];
  });
  return { passed, failures };
}
