const { coverageThreshold: _, ...preset } = require('../../jest.preset.js');

/** Real deployments, one after the other, each part on what the former left. */
module.exports = {
  ...preset,
  displayName: 'platform-e2e',
  testMatch: ['<rootDir>/src/**/*.e2e.ts'],
  testResultsProcessor: '<rootDir>/masked.cjs',
  reporters: ['<rootDir>/progress-reporter.cjs', 'summary'],
};
