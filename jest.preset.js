/** Jest for every project: swc for speed, 100 % coverage by assertion (R13.1). */
const esmPackages = ['execa', 'listr2', 'commander'];

module.exports = {
  testEnvironment: 'node',
  passWithNoTests: true,
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
  transformIgnorePatterns: [`node_modules/(?!(${esmPackages.join('|')})/)`],
  collectCoverageFrom: ['src/**/*.ts', '!src/index.ts', '!src/**/*.spec.ts'],
  coverageDirectory: 'test-results/coverage',
  coverageReporters: ['text-summary', 'json-summary'],
  coverageThreshold: { global: { statements: 100, branches: 100, functions: 100, lines: 100 } },
};
