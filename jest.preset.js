/** Jest for every project: swc for speed, 100 % coverage by assertion (R13.1). */
const { join } = require('node:path');

/** Packages that are ES modules only: execa, temporal-polyfill and all that they import. */
const esmPackages = [
  '@sec-ant/readable-stream',
  '@sindresorhus/merge-streams',
  'execa',
  'figures',
  'get-stream',
  'human-signals',
  'is-plain-obj',
  'is-stream',
  'is-unicode-supported',
  'npm-run-path',
  'parse-ms',
  'path-key',
  'pretty-ms',
  'strip-final-newline',
  'temporal-polyfill',
  'temporal-utils',
  'unicorn-magic',
  'yoctocolors',
];

module.exports = {
  testEnvironment: 'node',
  // No test measures time. On a busy machine a program that a test starts, or the first load of the AWS SDK, may need many seconds.
  testTimeout: 60_000,
  // A stack without tests is not green.
  passWithNoTests: false,
  testMatch: ['<rootDir>/src/**/*.spec.ts'],
  transform: {
    '^.+\\.(t|j|mj)s$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022', transform: { useDefineForClassFields: false } },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // What decides is the last package of the path: `a/node_modules/b` is transformed where `b` is listed.
  transformIgnorePatterns: [`/node_modules/(?!(?:${esmPackages.join('|')})/)(?!.*/node_modules/)`],
  moduleNameMapper: {
    // Its `exports` have no condition but `import`.
    '^unicorn-magic$': join(__dirname, 'node_modules/unicorn-magic/node.js'),
    '/stack-trace$': join(__dirname, 'packages/testing/no-stack-trace.cjs'),
  },
  collectCoverageFrom: ['src/**/*.ts', '!src/index.ts', '!src/**/*.spec.ts'],
  coverageDirectory: 'test-results/coverage',
  // The table names only the files and lines that no test covers.
  coverageReporters: [['text', { skipFull: true, skipEmpty: true }], 'text-summary', 'json-summary'],
  coverageThreshold: { global: { statements: 100, branches: 100, functions: 100, lines: 100 } },
};
