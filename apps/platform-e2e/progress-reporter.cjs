const { mkdirSync } = require('node:fs');
const { join } = require('node:path');

/** Prints each test when it has ended: jest itself waits for the end of the file, which takes minutes here. */
module.exports = class ProgressReporter {
  constructor() {
    // jest writes its results there in the end, and does not make the folder.
    mkdirSync(join(__dirname, 'test-results'), { recursive: true });
  }

  onTestCaseResult(_test, { status, ancestorTitles, title, duration, failureMessages }) {
    const name = [...ancestorTitles, title].join(' › ');
    process.stderr.write(`${status === 'passed' ? '✓' : '✕'} ${name} (${((duration ?? 0) / 1000).toFixed(1)} s)\n`);
    for (const message of failureMessages) process.stderr.write(`${message}\n`);
  }
};
